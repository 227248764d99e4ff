"""Pictures of when they talked: values in, SVG as text out. No template, no database, no clock, no script.

    svg       elements; whatever is not drawn here is escaped
    ink       the colours, and what they are in grey
    scale     units of a time line, their labels, round numbers
    heat      hours by weekdays · bars: a count a unit, side by side or mirrored · rows: bars that lie
    cadence   a row a day · firsts: a row a tag

Each is drawn twice, for a wide screen and paper and for a narrow one: letters that shrink with a picture cannot be read
(ux.md 4.1). Each stands alone: title, description and colours are in it, and no style sheet is needed to read it.
"""
