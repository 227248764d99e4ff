// What golang.org/x/mod/sumdb, which Go's checksum database runs on, says of our logs: roots, proofs, notes, tiles.
//
// It reads one JSON object a line and writes how many of each kind it agreed on; at the first that it does not agree
// on it says which, and ends with 1. tests/unit/log/test_log_go.py asks. Nothing of ours is in here but the questions.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Kind    string
	Old     int64 // size of the smaller tree
	Size    int64
	Index   int64
	Leaf    tlog.Hash
	OldRoot tlog.Hash
	Root    tlog.Hash
	Proof   []tlog.Hash
	Entries [][]byte
	Note    string
	Key     string
	Path    string
	Width   int
	Level   int
	Good    bool // what we say
}

// grown holds what a log of these entries stores, as tlog wants it.
type grown []tlog.Hash

func (log grown) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for at, index := range indexes {
		found[at] = log[index]
	}
	return found, nil
}

func root(entries [][]byte) (tlog.Hash, error) {
	var log grown
	for number, entry := range entries {
		hashes, err := tlog.StoredHashes(int64(number), entry, log)
		if err != nil {
			return tlog.Hash{}, err
		}
		log = append(log, hashes...)
	}
	return tlog.TreeHash(int64(len(entries)), log)
}

func check(asked question) error {
	switch asked.Kind {
	case "root":
		found, err := root(asked.Entries)
		if err == nil && found != asked.Root {
			err = errors.New("another root")
		}
		return err
	case "inclusion":
		return tlog.CheckRecord(asked.Proof, asked.Size, asked.Root, asked.Index, asked.Leaf)
	case "consistency":
		return tlog.CheckTree(asked.Proof, asked.Size, asked.Root, asked.Old, asked.OldRoot)
	case "note":
		verifier, err := note.NewVerifier(asked.Key)
		if err != nil {
			return err
		}
		opened, err := note.Open([]byte(asked.Note), note.VerifierList(verifier))
		if err != nil {
			return err
		}
		return checkpoint(opened.Text)
	case "tile":
		tile := tlog.Tile{H: 8, L: asked.Level, N: asked.Index, W: asked.Width}
		// tlog names the height first, which c2sp.org/tlog-tiles leaves out.
		if tile.Path() != "tile/8/"+strings.TrimPrefix(asked.Path, "tile/") {
			return errors.New("it is called " + tile.Path())
		}
		return nil
	}
	return errors.New("no such kind")
}

// checkpoint reads the lines after the origin as tlog's own tree descriptions have them.
func checkpoint(text string) error {
	_, lines, _ := strings.Cut(text, "\n")
	_, err := tlog.ParseTree([]byte("go.sum database tree\n" + lines))
	return err
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<24)
	agreed := map[string]int{}
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			fmt.Println("cannot read a question:", err)
			os.Exit(2)
		}
		if err := check(asked); (err == nil) != asked.Good {
			fmt.Printf("does not agree: %s %s\n", lines.Text(), err)
			os.Exit(1)
		}
		agreed[fmt.Sprintf("%s %v", asked.Kind, asked.Good)]++
	}
	if err := json.NewEncoder(os.Stdout).Encode(agreed); err != nil {
		os.Exit(2)
	}
}
