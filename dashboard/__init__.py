"""How it is shown: frame, sign-in, scope, charts, components, languages and the command line."""
