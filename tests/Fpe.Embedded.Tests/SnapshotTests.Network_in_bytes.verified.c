/* TestNet: see test_net.h. */
#include "test_net.h"

/* How the sum of a row becomes a byte. */
typedef struct {
    int32_t bias, factor;
} scaling;

/*
 * C leaves it to the compiler what a shift makes of negative numbers. This does not compile where
 * it is not what is needed.
 */
typedef char shifts_keep_the_sign[(-1 >> 1) == -1 ? 1 : -1];

/* Returns sum * factor / 2^shift + zero, rounded and cut off at the ends of a byte. */
static uint8_t to_byte(int32_t sum, int32_t factor, int shift, int zero)
{
    const int64_t half = (int64_t)1 << (shift - 1);
    const int32_t steps = (int32_t)(((int64_t)sum * factor + half) >> shift) + zero;

    return (uint8_t)(steps < 0 ? 0 : steps > 255 ? 255 : steps);
}

/* Hidden: 8 -> 18, Relu, 3 children of each neuron partition its columns. */
static const int8_t hidden_weights[35] = {
    127, 127, 50, 119, -51, 31, 127, -127, 127, 127, -127, 60, 102, 71, 101, -127, 73, 127, 48,
    -127, -49, -118, 97, 127, -127, -127, 45, 127, 124, -44, 127, 127, 117, -65, 114,
};

/* 2 bits for each edge: which child of the neuron has it. */
static const uint8_t hidden_children[9] = { 72, 148, 4, 133, 106, 133, 1, 146, 24 };

/* A bit for each neuron and column: whether a child has an edge there. */
static const uint8_t hidden_present[6] = { 33, 253, 191, 231, 31, 255 };

/*
 * For each row its bias, in units of its sums, and what such a unit is in 1/2^32 of a step of the
 * outputs.
 */
static const scaling hidden_rows[18] = {
    { -47821, 8921523 }, { -268435452, 1070 }, { -26106, 27397720 }, { -16837, 30896339 },
    { -35227, 35782435 }, { 14084, 26922645 }, { -2408, 35092363 }, { -34315, 24086662 },
    { 17712, 29777288 }, { -268435457, 756 }, { 30486, 35753429 }, { -37218, 30228947 },
    { -9952, 28096460 }, { 6245, 24292943 }, { -22793, 31761542 }, { -28911, 34598491 },
    { -34485, 30804466 }, { -27280, 33884905 },
};

static void run_hidden(const uint8_t *x, uint8_t *y)
{
    const uint8_t *present = hidden_present;
    uint32_t edge = 0;

    for (uint32_t neuron = 0; neuron < 6; neuron++) {
        int32_t sums[3] = { 0 };

        for (uint32_t column = 0; column < 8; column++) {
            if (((present[column / 8] >> (column % 8)) & 1) == 0)
                continue;
            sums[(hidden_children[edge / 4] >> (edge % 4 * 2)) & 3] += hidden_weights[edge] * x[column];
            edge++;
        }
        for (uint32_t child = 0; child < 3; child++) {
            const uint32_t row = neuron * 3 + child;

            y[row] = to_byte(sums[child] + hidden_rows[row].bias, hidden_rows[row].factor, 32, 0);
        }
        present++;
    }
}

/* Logits: 18 -> 3, a bit for each possible edge. */
static const int8_t logits_weights[31] = {
    125, 125, 125, 127, 127, 127, 27, 127, 127, 127, -127, -127, -127, -49, -49, -49, -127, -127,
    -127, 37, 37, 37, 45, 45, 45, 119, 119, 119, -29, -29, -29,
};

/* A bit for each row and column: whether there is an edge. */
static const uint8_t logits_edges[9] = { 192, 129, 3, 200, 143, 3, 248, 255, 3 };

/* A bias for each row, in units of its sums. */
static const int32_t logits_biases[3] = { -1744, -9449, -11140 };

/* The number that a unit of the sum of each row stands for. */
static const float logits_scales[3] = { 1.3168588e-05f, 1.4541505e-05f, 1.4290917e-05f };

/* The same as integers, to compare the sums of different rows. */
static const int32_t logits_comparison[3] = { 1853314048, 2046534912, 2011267712 };

static void run_logits(const uint8_t *x, int32_t *y)
{
    const int8_t *weight = logits_weights;
    const uint8_t *edges = logits_edges;

    for (uint32_t row = 0; row < 3; row++) {
        int32_t sum = logits_biases[row];

        for (uint32_t column = 0; column < 18; column++) {
            if ((edges[column / 8] >> (column % 8)) & 1)
                sum += *weight++ * x[column];
        }
        y[row] = sum;
        edges += 3;
    }
}

const char *const test_net_class_names[3] = {
    "a\042b\134",
    "\303\274\077\077/",
    "c",
};

/* The mean of each group of values of a sample. */
static const double sample_means[8] = {
    0.41993817235484265, -0.37649326782786485, -0.21590456434271552, 0.75, -0.1324638067321344,
    0.026441501030190426, -0.2724665179848671, -0.03216927069606203,
};

/* The deviation of each group; what has none becomes 0. */
static const double sample_deviations[8] = {
    1.2469886072994638, 1.135653160486796, 1.2022930123584865, 0.0, 1.2621472188788203,
    1.2983075033806069, 1.261620359959902, 1.181627263992767,
};

/* Returns the byte for a number: the nearest one, or of two the even one; 0 for what is no number. */
static uint8_t to_input(float number)
{
    const float steps = number / 0.014232532f;
    int32_t nearest;
    float rest;

    if (!(steps > -123.0f))
        return 0;
    if (steps >= 132.0f)
        return 255;
    nearest = (int32_t)steps;
    rest = steps - (float)nearest;
    if (rest > 0.5f || (rest == 0.5f && (nearest & 1) != 0))
        nearest++;
    else if (rest < -0.5f || (rest == -0.5f && (nearest & 1) != 0))
        nearest--;
    return (uint8_t)(nearest + 123);
}

void test_net_prepare(const float sample[TEST_NET_INPUTS], uint8_t input[TEST_NET_INPUTS])
{
    for (uint32_t i = 0; i < 8; i++) {
        const float value = sample_deviations[i] > 0 ? (float)((sample[i] - sample_means[i]) / sample_deviations[i]) : 0.0f;

        input[i] = to_input(value);
    }
}

void test_net_run(const uint8_t input[TEST_NET_INPUTS], int32_t scratch[TEST_NET_SCRATCH_BYTES / sizeof(int32_t)])
{
    uint8_t *const hidden_values = (uint8_t *)scratch + 14;

    run_hidden(input, hidden_values);
    run_logits(hidden_values, scratch);
}

void test_net_outputs(const int32_t scratch[TEST_NET_SCRATCH_BYTES / sizeof(int32_t)], float output[TEST_NET_OUTPUTS])
{
    for (uint32_t row = 0; row < 3; row++)
        output[row] = (float)scratch[row] * logits_scales[row];
}

int32_t test_net_class(const int32_t scratch[TEST_NET_SCRATCH_BYTES / sizeof(int32_t)])
{
    int32_t best = 0;
    int64_t largest = (int64_t)scratch[0] * logits_comparison[0];

    for (int32_t i = 1; i < 3; i++) {
        const int64_t value = (int64_t)scratch[i] * logits_comparison[i];

        if (value > largest) {
            best = i;
            largest = value;
        }
    }
    return best;
}
