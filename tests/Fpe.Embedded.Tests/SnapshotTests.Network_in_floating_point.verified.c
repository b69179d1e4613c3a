/* TestNet: see test_net.h. */
#include "test_net.h"

static float relu(float z)
{
    return z > 0.0f ? z : 0.0f;
}

/* First: a factor for each value. */
static const float first_factors[8] = {
    0.31622714f, 1.0501297f, 2.4013352f, 0.700128f, 1.6304672f, 1.8718994f, 0.31877667f,
    0.99913174f,
};

/* What is added to each value. */
static const float first_terms[8] = {
    1.0f, -1.2998005f, -2.8371716f, 0.8613682f, 1.0884416f, 0.9559382f, 0.9329251f, -0.51967895f,
};

static void run_first(const float *x, float *y)
{
    for (uint32_t i = 0; i < 8; i++)
        y[i] = x[i] * first_factors[i] + first_terms[i];
}

/* Hidden: 8 -> 14, 2 children of each neuron partition its columns. */
static const float hidden_weights[42] = {
    0.32277566f, 0.32663622f, 0.022693949f, 0.24005248f, -0.8247919f, -0.048152983f, -0.09283965f,
    -0.81057864f, 0.06813771f, 0.28902483f, 0.5941066f, -0.12464139f, -0.19401139f, -0.258091f,
    0.34683728f, -0.4733173f, 0.11009239f, 0.119362295f, 0.16949938f, 0.027957354f, 0.07347902f,
    0.32350633f, 0.2978621f, 0.18840167f, -0.14513618f, -0.37021863f, -0.38277608f, 0.22200857f,
    0.13858858f, -0.24525358f, 0.5674102f, 0.67235947f, -0.37529555f, -0.31489787f, 0.61689764f,
    -0.044053514f, 0.12036544f, -0.14744249f, 0.052598692f, -0.1887563f, 0.30590725f, -0.09601132f,
};

/* 1 bit for each edge: which child of the neuron has it. */
static const uint8_t hidden_children[6] = { 107, 101, 166, 169, 180, 1 };

/* A bit for each neuron and column: whether a child has an edge there. */
static const uint8_t hidden_present[7] = { 164, 239, 219, 207, 119, 253, 247 };

/* A bias for each row. */
static const float hidden_biases[14] = {
    1.007568f, -1.2746686f, -2.0209887f, 1.0993327f, 1.4814862f, 1.4071832f, 0.88947594f,
    -0.65586025f, -2.5727963f, 0.54651415f, 1.5926131f, 1.2379549f, 0.5288471f, 0.03182488f,
};

static void run_hidden(const float *x, float *y)
{
    const uint8_t *present = hidden_present;
    uint32_t edge = 0;

    for (uint32_t neuron = 0; neuron < 7; neuron++) {
        float sums[2] = { 0 };

        for (uint32_t column = 0; column < 8; column++) {
            if (((present[column / 8] >> (column % 8)) & 1) == 0)
                continue;
            sums[(hidden_children[edge / 8] >> (edge % 8)) & 1] += hidden_weights[edge] * x[column];
            edge++;
        }
        for (uint32_t child = 0; child < 2; child++) {
            const uint32_t row = neuron * 2 + child;

            y[row] = sums[child] + hidden_biases[row];
        }
        present++;
    }
}

/* Act: Relu. */
static void run_act(const float *x, float *y)
{
    for (uint32_t i = 0; i < 14; i++)
        y[i] = relu(x[i]);
}

/* After: a factor for each value. */
static const float after_factors[14] = {
    0.31622714f, 1.0501297f, 2.4013352f, 0.700128f, 1.6304672f, 1.8718994f, 0.31877667f,
    0.99913174f, 2.1480725f, 0.6515634f, 1.8450611f, 2.03823f, 0.3265907f, 0.96674514f,
};

/* What is added to each value. */
static const float after_terms[14] = {
    1.0f, -1.2998005f, -2.8371716f, 0.8613682f, 1.0884416f, 0.9559382f, 0.9329251f, -0.51967895f,
    -3.0828726f, 0.39179537f, 1.4118342f, 1.0382493f, 0.59941876f, 0.24072488f,
};

static void run_after(const float *x, float *y)
{
    for (uint32_t i = 0; i < 14; i++)
        y[i] = x[i] * after_factors[i] + after_terms[i];
}

/* Logits: 14 -> 3, a bit for each possible edge. */
static const float logits_weights[35] = {
    -0.08251599f, -0.08251599f, 0.2850791f, 0.2850791f, 0.35140818f, 0.35140818f, 0.28703126f,
    0.28703126f, -0.29661977f, -0.29661977f, -0.1331126f, -0.1331126f, -0.1854276f, -0.1854276f,
    -0.23626055f, -0.23626055f, -0.29470322f, -0.29470322f, -0.2405362f, -0.2405362f, 0.35958683f,
    0.35958683f, -0.28269905f, -0.28269905f, -0.30478027f, -0.30478027f, 0.12110156f, 0.12110156f,
    0.1559484f, 0.1559484f, 0.07761207f, 0.07761207f, 0.06417117f, 0.33767247f, 0.33767247f,
};

/* A bit for each row and column: whether there is an edge. */
static const uint8_t logits_edges[6] = { 60, 63, 252, 63, 255, 55 };

/* A bias for each row. */
static const float logits_biases[3] = { 0.07587546f, 0.33339024f, -0.2636496f };

static void run_logits(const float *x, float *y)
{
    const float *weight = logits_weights;
    const uint8_t *edges = logits_edges;

    for (uint32_t row = 0; row < 3; row++) {
        float sum = logits_biases[row];

        for (uint32_t column = 0; column < 14; column++) {
            if ((edges[column / 8] >> (column % 8)) & 1)
                sum += *weight++ * x[column];
        }
        y[row] = sum;
        edges += 2;
    }
}

void test_net_run(const float input[TEST_NET_INPUTS], float output[TEST_NET_OUTPUTS], float scratch[TEST_NET_SCRATCH_BYTES / sizeof(float)])
{
    float *const first_values = scratch;
    float *const hidden_values = scratch + 8;

    run_first(input, first_values);
    run_hidden(first_values, hidden_values);
    run_act(hidden_values, hidden_values);
    run_after(hidden_values, hidden_values);
    run_logits(hidden_values, output);
}

int32_t test_net_class(const float output[TEST_NET_OUTPUTS])
{
    int32_t best = 0;
    float largest = output[0];

    for (int32_t i = 1; i < 3; i++) {
        const float value = output[i];

        if (value > largest) {
            best = i;
            largest = value;
        }
    }
    return best;
}
