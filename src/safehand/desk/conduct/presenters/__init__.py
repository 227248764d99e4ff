"""What the templates of a conduct review are given: frozen values in words. No message, no name: letters and numbers.

page.py        the whole page
figures.py     what was counted, a row for each figure and a cell for each side
topics.py      who raised what first
"""
