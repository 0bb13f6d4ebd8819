"""Our own labelled messages: composed from hand-written templates, split into a training and a test part."""
