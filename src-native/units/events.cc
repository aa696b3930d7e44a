// Recordings of events.
#include "../events/decode.cc"
#include "../events/frames.cc"
#include "../events/input_file.cc"
#include "../events/recordings.cc"
