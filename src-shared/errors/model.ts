/** Errors of model and experiment documents. */
export const modelErrors = {
  'field.unknown': '"{field}" is not a parameter here; known are: {wanted}.',
  'field.missing': '{field} is missing; give it a value.',
  'field.notNumber': '{field} is "{found}", which is not a number; it takes a number {range}.',
  'field.notInteger': '{field} is {found}; it takes a whole number {range}.',
  'field.range': '{field} is {found}; it must be {range}.',
  'field.choice': '{field} is "{found}"; it must be one of: {wanted}.',
  'field.notNumbers':
    '{field} is "{found}"; it takes up to {most} numbers from {min} to {max}, separated by commas.',
  'field.notBoolean': '{field} is "{found}"; it must be true or false.',
  'model.noLayers': 'The model has no layers; add at least one.',
  'model.unknownLayer': 'Layer "{layer}" is of the unknown kind "{kind}"; known kinds are: {known}.',
  'model.duplicateId': 'Two layers are called "{layer}"; give one of them another name.',
  'model.reservedId':
    'No layer may be called "{layer}", for that is the input of the network; give it another name.',
  'model.inputCount': 'Layer "{layer}" ({kind}) reads {found} inputs; it takes {wanted}.',
  'model.unknownInput':
    'Layer "{layer}" reads "{input}", but no layer is called that; choose an earlier layer or the input.',
  'model.laterInput':
    'Layer "{layer}" reads "{input}", which comes after it; move "{layer}" behind it, or choose an earlier layer.',
  'model.cycle':
    'Layer "{layer}" reads "{input}", which itself depends on "{layer}"; choose an earlier layer.',
  'model.repeatedInput': 'Layer "{layer}" reads "{input}" twice; name each layer once.',
  'model.unread': 'No layer reads "{layer}"; let a later layer read it, or remove it.',
  'model.shape': 'Layer "{layer}" ({kind}) takes {wanted}, but receives {found} from "{from}".',
  'model.parameter': 'Layer "{layer}": {problem}',
  'model.lastNotNeuron':
    'The last layer, "{layer}", is {kind}; the losses read spikes or membranes, so the last layer must be a neuron layer.',
  'model.classes':
    'The last layer, "{layer}", has {found} outputs, but the dataset has {wanted} classes; set its outputs to {wanted}.',
  'model.input':
    'The model takes images of {wanted}, but the dataset holds {found}; change the input shape of the model.',
  'encoding.reads':
    'The encoding "{encoding}" reads {wanted}, but "{dataset}" holds {found}; choose an encoding of {found}.',
  'encoding.overlap':
    'The overlap is {found}; it must be below {limit}, the size of a frame, so that frames go on.',
  'encoding.brightness':
    'The encoding "{encoding}" takes brightness from 0 to {most}, but a sample holds {found}; leave out what changes the range, such as normalising, or choose another encoding.',
  'encoding.firstSpike':
    'The first spike is to come at step {found}, but {steps} time steps are numbered from 0; choose an earlier step or more time steps.',
  'encoding.tooLate':
    'The last spike of a sample comes at step {last}, but {steps} time steps are numbered from 0; take {wanted} time steps, a smaller time constant, normalise the times, or bypass to drop late spikes.',
  'encoding.epsilon':
    'Epsilon, {epsilon}, is lost beside the threshold {threshold} in 32 bits; choose a larger epsilon.',
  'encoding.targets': 'The value of a spike, {on}, is below {off}, the value elsewhere; a ramp must rise.',
  'encoding.targetRates':
    'The correct class is to fire at the rate {correct} and the others at {incorrect}; rates go from 0 to 1, and the correct one is the larger.',
  'transform.reads':
    'The transform "{transform}" changes {wanted}, but the encoding reads {found}; take the transform out.',
  'transform.maps':
    '"{step}" takes samples of {wanted} channels or polarities, but these have {found}; take it out, or change what comes before.',
  'experiment.unreadable': '{file} cannot be read as an experiment: {reason}.',
  'experiment.tooLarge':
    '{file} has {found} bytes; an experiment has at most {wanted}. Give the file of an experiment.',
  'experiment.notJson': '{file} is not JSON: {detail}',
  'experiment.field': '{file}: {path}: {problem}',
  'experiment.version':
    '{file} has version {found} of the experiment document; this program reads versions up to {known}. Update the program.',
  'loss.classes':
    'The loss reads {classes} classes from {outputs} outputs; the outputs must be a multiple of the classes.',
  'loss.weights': 'The loss has {found} class weights for {wanted} classes; give one for each, or none.',
  'regulariser.layer': 'A regulariser is for layer "{found}", which is no neuron layer; those are: {known}.',
  'optimizer.nesterov':
    'Nesterov needs momentum that is not dampened, but momentum is {momentum} and dampening {dampening}; change them or turn Nesterov off.',
} as const
