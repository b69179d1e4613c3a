/*
 * TestNet: a network of 8 inputs and 3 outputs in 8-bit integers.
 *
 * Flash: 440 bytes of tables, besides code. RAM: 32 bytes of scratch memory, besides the stack, the
 * sample and the outputs.
 * A prediction: 66 multiply-adds.
 *
 *   Hidden: 8 -> 18, Relu, 3 children of each neuron partition its columns, 35 weights in 200 bytes
 *   Logits: 18 -> 3, a bit for each possible edge, 31 weights in 80 bytes
 *   standardisation of samples in 128 bytes
 *   names of the classes in 32 bytes, with pointers of 32 bits
 *
 * Written by Fpe.Embedded from a trained model; export it again instead of changing this file.
 */
#ifndef TEST_NET_H
#define TEST_NET_H

#include <stdint.h>

#define TEST_NET_INPUTS 8
#define TEST_NET_OUTPUTS 3

/* The bytes of the memory in which a sample is computed. What was in it before does not matter. */
#define TEST_NET_SCRATCH_BYTES 32

/*
 * A byte stands for the number TEST_NET_INPUT_SCALE * (byte - TEST_NET_INPUT_ZERO) of a
 * standardised sample.
 */
#define TEST_NET_INPUT_SCALE 0.014232532f
#define TEST_NET_INPUT_ZERO 123

#ifdef __cplusplus
extern "C" {
#endif

/* Turns a sample, as it was measured, into what the network reads: standardised and in bytes. */
void test_net_prepare(const float sample[TEST_NET_INPUTS], uint8_t input[TEST_NET_INPUTS]);

/*
 * Computes a prepared sample. What comes out of it stays in the scratch memory, for the functions
 * below.
 */
void test_net_run(const uint8_t input[TEST_NET_INPUTS], int32_t scratch[TEST_NET_SCRATCH_BYTES / sizeof(int32_t)]);

/* Returns the outputs as numbers. */
void test_net_outputs(const int32_t scratch[TEST_NET_SCRATCH_BYTES / sizeof(int32_t)], float output[TEST_NET_OUTPUTS]);

/*
 * Returns the class, from 0, without a floating-point number. It compares integers: of outputs as
 * close as the rounding of numbers, it can choose another one.
 */
int32_t test_net_class(const int32_t scratch[TEST_NET_SCRATCH_BYTES / sizeof(int32_t)]);

/* The names of the classes, in UTF-8. */
extern const char *const test_net_class_names[3];

#ifdef __cplusplus
}
#endif

#endif
