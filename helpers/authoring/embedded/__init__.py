"""How the embedded data sets are made: ``python -m helpers.authoring.embedded``."""
