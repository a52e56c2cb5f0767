"""The stages, one package each: ordered tables of rules, and the function that runs them over one page."""
