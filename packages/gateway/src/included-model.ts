/** The model of `@livepeer-ai/model` by its name on the Hugging Face hub. */
export const includedModel = 'UsefulSensors/moonshine-tiny'
