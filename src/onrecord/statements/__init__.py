"""Article -> who said what: statements and the raw attributions they rest on."""
