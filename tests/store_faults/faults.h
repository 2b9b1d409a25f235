/* Which faults are tried? One function each; `trials` of them, from `seed`. */
#ifndef PJWT_STORE_FAULTS_FAULTS_H
#define PJWT_STORE_FAULTS_FAULTS_H

#include <stddef.h>
#include <stdint.h>

void faults_kill(size_t trials, uint64_t seed);
void faults_power(size_t trials, uint64_t seed);
void faults_damage(size_t trials, uint64_t seed); /* of each kind, in each file */
void faults_old(size_t trials, uint64_t seed);
void faults_full(size_t trials, uint64_t seed);

#endif
