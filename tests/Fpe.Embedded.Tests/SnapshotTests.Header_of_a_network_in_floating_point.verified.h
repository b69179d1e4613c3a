/*
 * TestNet: a network of 8 inputs and 2 outputs in floating-point numbers.
 *
 * Flash: 440 bytes of tables, besides code. RAM: 48 bytes of scratch memory, besides the stack, the
 * sample and the outputs.
 * A prediction: 60 multiply-adds.
 *
 *   Hidden: 8 -> 12, Relu, a bit for each possible edge, 42 weights in 228 bytes
 *   Logits: 12 -> 2, a bit for each possible edge, 18 weights in 84 bytes
 *   standardisation of samples in 128 bytes
 *
 * Written by Fpe.Embedded from a trained model; export it again instead of changing this file.
 */
#ifndef TEST_NET_H
#define TEST_NET_H

#include <stdint.h>

#define TEST_NET_INPUTS 8
#define TEST_NET_OUTPUTS 2

/* The bytes of the memory in which a sample is computed. What was in it before does not matter. */
#define TEST_NET_SCRATCH_BYTES 48

#ifdef __cplusplus
extern "C" {
#endif

/* Turns a sample, as it was measured, into what the network reads: standardised. */
void test_net_prepare(const float sample[TEST_NET_INPUTS], float input[TEST_NET_INPUTS]);

/* Computes the outputs of a prepared sample, in the units of the targets. */
void test_net_run(const float input[TEST_NET_INPUTS], float output[TEST_NET_OUTPUTS], float scratch[TEST_NET_SCRATCH_BYTES / sizeof(float)]);

#ifdef __cplusplus
}
#endif

#endif
