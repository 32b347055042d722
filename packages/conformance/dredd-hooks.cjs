// Dredd loads hooks only from a file; this one passes them to the function in its configuration.
const hooks = require('hooks')

hooks.configuration.custom.register(hooks)
