/* courier.h - one worker of a delivery: grades the companies of a parcel as `score` does, and makes
 * their reports. Belongs to one thread; what it is made of is shared by all. */
#pragma once

#include "batch/delivery.h"
#include "batch/parcel.h"
#include "survey/survey_reader.h"

typedef struct Courier Courier;

/* Both are borrowed. Free with courier_free(). */
Courier *courier_new(const DeliveryOrder *order, const Survey *survey);
void courier_free(Courier *courier);

/* Work on all companies of the parcel, or up to the first that fails. */
void courier_work(Courier *courier, Parcel *parcel);
