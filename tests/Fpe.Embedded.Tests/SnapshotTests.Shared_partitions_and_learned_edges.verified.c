/* TestNet: see test_net.h. */
#include "test_net.h"

#include <math.h>

static float gelu(float z)
{
    return 0.5f * z * erfcf(-0.70710678f * z);
}

/* Hidden: 12 -> 16, Gelu, 2 children of each neuron partition its columns. */
static const float hidden_weights[96] = {
    0.070470475f, -0.0032940933f, 0.00043762883f, 0.031105537f, 0.033224862f, 0.21641262f,
    0.026615126f, 0.05621187f, 0.095410384f, -0.0051096673f, 0.26405525f, -0.098855875f,
    0.068098165f, 0.2826429f, -0.21266004f, 0.24404797f, 0.19025882f, -0.27719206f, 0.13107412f,
    0.15268724f, 0.106139034f, 0.21995683f, 0.06736498f, -0.23520866f, 0.13649315f, 0.2387763f,
    0.09067961f, 0.063363835f, 0.00096187054f, -0.28241375f, -0.10876416f, -0.26298952f,
    0.16906145f, 0.25088215f, -0.19188821f, -0.22193193f, 0.07899967f, -0.044688232f, 0.020160863f,
    -0.021842303f, 0.273291f, 0.26151302f, -0.093613945f, 0.24332225f, 0.26765442f, 0.25213096f,
    -0.13700946f, 0.21769169f, -0.25429332f, -0.036622413f, 0.055117693f, -0.17965148f,
    -0.20163257f, -0.13204047f, 0.12734061f, -0.030692238f, 0.10553378f, 0.030719122f, -0.08880672f,
    -0.19558802f, 0.031046413f, -0.17268239f, 0.16513781f, 0.19764213f, -0.2132466f, -0.16704781f,
    0.12209069f, -0.07927509f, -0.14654894f, 0.10812739f, 5.318419e-05f, 0.17222485f, -0.20227756f,
    -0.054884747f, 0.19556661f, -0.016537994f, -0.26325643f, -0.029028941f, 0.18140973f,
    0.018836228f, -0.22893806f, -0.24108496f, 0.16469392f, -0.03624454f, -0.21739364f,
    -0.009468414f, -0.1877379f, -0.09625035f, 0.037741173f, -0.12783796f, -0.20729843f,
    -0.12199281f, -0.014362276f, 0.15767771f, 0.28360406f, -0.06047073f,
};

/* 1 bit for each edge: which child of the neuron has it. */
static const uint8_t hidden_children[12] = {
    93, 210, 37, 93, 210, 37, 134, 107, 184, 134, 107, 184,
};

/* A bias for each row. */
static const float hidden_biases[16] = {
    -0.28635857f, -0.06502472f, -0.25770107f, -0.05953811f, -0.28635857f, -0.06502472f,
    -0.25770107f, -0.05953811f, 0.27457625f, -0.2573954f, -0.2592415f, -0.13009533f, 0.27457625f,
    -0.2573954f, -0.2592415f, -0.13009533f,
};

static void run_hidden(const float *x, float *y)
{
    uint32_t edge = 0;

    for (uint32_t neuron = 0; neuron < 8; neuron++) {
        float sums[2] = { 0 };

        for (uint32_t column = 0; column < 12; column++) {
            sums[(hidden_children[edge / 8] >> (edge % 8)) & 1] += hidden_weights[edge] * x[column];
            edge++;
        }
        for (uint32_t child = 0; child < 2; child++) {
            const uint32_t row = neuron / 4 * 8 + child * 4 + neuron % 4;

            y[row] = gelu(sums[child] + hidden_biases[row]);
        }
    }
}

/* Logits: 16 -> 8, a bit for each possible edge. */
static const float logits_weights[64] = {
    -0.0061104884f, 0.30736744f, 0.020811599f, -0.037190244f, 0.3110437f, -0.00013350735f,
    0.07176471f, -0.043774053f, 0.3428694f, -0.3434722f, -0.0687774f, -0.13260382f, 0.019207092f,
    0.09732179f, 0.12036005f, -0.3375533f, 0.3173817f, -0.0764452f, -0.11899129f, -0.019890195f,
    -0.13787654f, 0.062277883f, 0.18528628f, -0.2902955f, 0.16964668f, 0.087702006f, 0.345359f,
    0.11946602f, 0.015633442f, 0.04398624f, 0.23050313f, 0.32378745f, 0.28915325f, 0.13866483f,
    -0.22275066f, -0.040632665f, 0.3407321f, -0.04235911f, -0.17234923f, -0.17819515f, 0.075113274f,
    0.059636287f, -0.12032675f, 0.3075292f, 0.3298742f, -0.1706707f, -0.20340548f, 0.30266342f,
    -0.15251434f, -0.008387614f, -0.13488907f, 0.12450587f, -0.19524929f, -0.29398057f, 0.16105387f,
    0.3164301f, 0.023932233f, 0.33988708f, 0.2410626f, -0.13629961f, 0.09797987f, 0.23745772f,
    -0.2160859f, -0.083269954f,
};

/* A bit for each row and column: whether there is an edge. */
static const uint8_t logits_edges[16] = {
    150, 30, 225, 45, 75, 225, 60, 195, 210, 60, 15, 165, 60, 90, 225, 210,
};

/* A bias for each row. */
static const float logits_biases[8] = {
    -0.2821202f, 0.26047757f, 0.28558972f, -0.2155508f, -0.1807359f, 0.33107683f, -0.33082214f,
    0.3273882f,
};

static void run_logits(const float *x, float *y)
{
    const float *weight = logits_weights;
    const uint8_t *edges = logits_edges;

    for (uint32_t row = 0; row < 8; row++) {
        float sum = logits_biases[row];

        for (uint32_t column = 0; column < 16; column++) {
            if ((edges[column / 8] >> (column % 8)) & 1)
                sum += *weight++ * x[column];
        }
        y[row] = sum;
        edges += 2;
    }
}

void test_net_run(const float input[TEST_NET_INPUTS], float output[TEST_NET_OUTPUTS], float scratch[TEST_NET_SCRATCH_BYTES / sizeof(float)])
{
    float *const hidden_values = scratch;

    run_hidden(input, hidden_values);
    run_logits(hidden_values, output);
}

int32_t test_net_class(const float output[TEST_NET_OUTPUTS])
{
    int32_t best = 0;
    float largest = output[0];

    for (int32_t i = 1; i < 8; i++) {
        const float value = output[i];

        if (value > largest) {
            best = i;
            largest = value;
        }
    }
    return best;
}

/* TestNet: see test_net.h. */
#include "test_net.h"

static float relu(float z)
{
    return z > 0.0f ? z : 0.0f;
}

/* Hidden: 20000 -> 20, Relu, steps of 16 bits. */
static const float hidden_weights[35] = {
    -0.31042245f, 0.22113317f, -0.25538853f, -0.23095086f, -0.32979158f, 0.30217317f, -0.34793994f,
    -0.2818455f, 0.25856644f, 0.301991f, 0.26845267f, 0.2942889f, -0.17763732f, 0.2628885f,
    -0.31766427f, 0.30685648f, 0.23956718f, -0.3093945f, 0.3166591f, 0.31494313f, -0.24282071f,
    0.2891303f, 0.28335363f, 0.2964089f, -0.29791155f, -0.24891749f, -0.349208f, -0.3498175f,
    -0.20897321f, -0.36576647f, -0.23553593f, -0.27340013f, -0.3274199f, 0.29603046f, 0.27710208f,
};

/*
 * For each edge the columns that are left out before it; 65534 leaves out as many without an edge,
 * and 65535 ends the row.
 */
static const uint16_t hidden_steps[55] = {
    65535, 65535, 13461, 65535, 65535, 65535, 65535, 65535, 65535, 614, 1, 2819, 6384, 5264, 713,
    269, 65535, 10002, 7835, 65535, 65535, 65535, 2919, 7365, 513, 2867, 1139, 1583, 1841, 65535,
    65535, 149, 5110, 1646, 2178, 2347, 444, 2345, 1679, 2169, 65535, 17937, 65535, 65535, 65535,
    8171, 1107, 1494, 3810, 709, 1095, 2012, 870, 65535, 65535,
};

/* A bias for each row. */
static const float hidden_biases[20] = {
    -0.09783883f, -0.083655804f, 0.16154832f, -0.02469659f, -0.08500015f, -0.12726535f, 0.15586627f,
    -0.06428057f, 0.18725663f, 0.21709214f, 0.14062072f, -0.04143097f, 0.092596844f, -0.08438081f,
    0.23541282f, 0.21992333f, -0.084540635f, 0.21918048f, 0.027188012f, -0.10545177f,
};

static void run_hidden(const float *x, float *y)
{
    const float *weight = hidden_weights;
    const uint16_t *step = hidden_steps;

    for (uint32_t row = 0; row < 20; row++) {
        float sum = hidden_biases[row];
        uint32_t column = 0;

        for (; *step != 65535; step++) {
            column += *step;
            if (*step != 65534)
                sum += *weight++ * x[column++];
        }
        step++;
        y[row] = relu(sum);
    }
}

/* Logits: 20 -> 5, a bit for each possible edge. */
static const float logits_weights[35] = {
    -0.20557982f, -0.21198443f, 0.1749744f, 0.2650768f, 0.20120898f, 0.19905049f, -0.24018797f,
    -0.17047104f, -0.16068394f, -0.19072255f, 0.20108287f, 0.15878105f, -0.19048378f, 0.16045867f,
    -0.17252876f, 0.18632995f, 0.17153275f, -0.19241796f, -0.33726463f, -0.46763057f, -0.25795844f,
    -0.17822081f, -0.5175866f, -0.41912854f, -0.31507188f, -0.45028818f, -0.3641134f, -0.23509784f,
    -0.27873564f, -0.37455752f, -0.32654607f, -0.4189408f, -0.33825636f, -0.39395133f, -0.43557566f,
};

/* A bit for each row and column: whether there is an edge. */
static const uint8_t logits_edges[15] = {
    130, 145, 6, 12, 158, 4, 76, 0, 0, 141, 67, 2, 244, 82, 4,
};

/* A bias for each row. */
static const float logits_biases[5] = {
    0.18045077f, 0.13952124f, 0.20819725f, -0.382309f, -0.10331529f,
};

static void run_logits(const float *x, float *y)
{
    const float *weight = logits_weights;
    const uint8_t *edges = logits_edges;

    for (uint32_t row = 0; row < 5; row++) {
        float sum = logits_biases[row];

        for (uint32_t column = 0; column < 20; column++) {
            if ((edges[column / 8] >> (column % 8)) & 1)
                sum += *weight++ * x[column];
        }
        y[row] = sum;
        edges += 3;
    }
}

void test_net_run(const float input[TEST_NET_INPUTS], float output[TEST_NET_OUTPUTS], float scratch[TEST_NET_SCRATCH_BYTES / sizeof(float)])
{
    float *const hidden_values = scratch;

    run_hidden(input, hidden_values);
    run_logits(hidden_values, output);
}

int32_t test_net_class(const float output[TEST_NET_OUTPUTS])
{
    int32_t best = 0;
    float largest = output[0];

    for (int32_t i = 1; i < 5; i++) {
        const float value = output[i];

        if (value > largest) {
            best = i;
            largest = value;
        }
    }
    return best;
}
