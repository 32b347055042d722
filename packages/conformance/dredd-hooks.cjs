// Dredd loads its hooks from a file by itself; this one hands them to the function in its configuration.
const hooks = require('hooks')

hooks.configuration.custom.register(hooks)
