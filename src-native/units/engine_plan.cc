// The plan of a network.
#include "../engine/owned_layer.cc"
#include "../engine/places.cc"
#include "../engine/plan.cc"
#include "../engine/segments.cc"
#include "../engine/update_tasks.cc"
#include "../engine/weight_parts.cc"
