"""The reviewers' desk: a web application on this machine, with nothing from outside it."""
