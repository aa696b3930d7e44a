/**
 * Why an engine cannot run a layer: parts of `engine.layer`. The codes are those of src-native/engine/refuse.h;
 * `{name}` is what the reason names.
 */
export const refusalPhrases = {
  'refusal.backward': 'what goes back ("{name}") does not fit it',
  'refusal.connections':
    'neurons of maps hear each other by a kernel only; set one, or put a flatten layer before them',
  'refusal.constantStep': 'a constant current must be the same at every step',
  'refusal.count': 'it would change the number of values',
  'refusal.empty': 'its parameter "{name}" has no elements',
  'refusal.encodedStatic': 'what is encoded anew at every step cannot stay the same',
  'refusal.encoding': 'it does not know the encoding "{name}"',
  'refusal.graded': 'its graded spikes are not those of the neurons before it',
  'refusal.gradient': 'it passes no gradient to the layers before it, which learn',
  'refusal.inhibition': 'neurons of maps cannot inhibit each other; put a flatten layer before them',
  'refusal.input': 'it reads "{name}", which nothing before it makes',
  'refusal.inputs': 'the shapes of its inputs do not agree',
  'refusal.kernel': 'a recurrent kernel must be odd, and its neurons channels × height × width',
  'refusal.lastMaps': 'its last layer must not have maps; put a linear layer before it',
  'refusal.lastNeurons': 'the last layer must be a layer of neurons',
  'refusal.loss': 'it does not know the loss "{name}"',
  'refusal.lossInput': 'the loss must read this last layer',
  'refusal.neuron': 'it does not know the neuron model "{name}"',
  'refusal.noLayers': 'no layer follows it',
  'refusal.number': 'the number "{name}" of its neurons is missing or out of range',
  'refusal.op': 'it does not know the operation "{name}" at this place',
  'refusal.parameter': 'it lacks the parameter "{name}"',
  'refusal.probability': 'its probability must be from 0 to below 1',
  'refusal.regulariser': 'it does not know the regulariser "{name}"',
  'refusal.reset': 'it does not know the reset "{name}"',
  'refusal.shape': 'the shape of "{name}" does not fit',
  'refusal.size': '"{name}" has too many elements',
  'refusal.steps': 'at least one step and one sample are needed',
  'refusal.stretches':
    'its statistics are over all time steps, so that these cannot go in stretches; take statistics per step',
  'refusal.surrogate': 'it does not know the surrogate "{name}" with these numbers',
  'refusal.synapses': 'the synapses counted behind it do not fit its places',
  'refusal.unknownLayer': 'there is no such layer',
  'refusal.window': 'its window does not fit its input and output',
} as const
