"""Keys and signatures: the desk's keys, the key made for one occasion, SSHSIG."""
