/* Starts a Cortex-M under QEMU, computes the samples of samples.h, and prints what comes out of it by semihosting. */
#include <stdint.h>

#include "net.h"
#include "samples.h"

int main(void);
void reset(void);

static uint32_t stack[4096];

__attribute__((section(".vectors"), used)) static const uintptr_t vectors[] = { (uintptr_t)(stack + 4096), (uintptr_t)reset };

/* The timer of the core, which counts down at 25 MHz. With -icount shift=0 an instruction takes a nanosecond. */
#define SYST_CSR (*(volatile uint32_t *)0xE000E010)
#define SYST_RVR (*(volatile uint32_t *)0xE000E014)
#define SYST_CVR (*(volatile uint32_t *)0xE000E018)
#define SYST_COUNTFLAG (1u << 16) /* it has reached 0 */

static void call_host(uint32_t operation, const void *argument)
{
    register uint32_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;

    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

static void print(const char *label, uint32_t value)
{
    char line[16];
    int i;

    line[0] = label[0];
    line[1] = ' ';
    for (i = 0; i < 8; i++)
        line[2 + i] = "0123456789abcdef"[(value >> (28 - 4 * i)) & 15];
    line[10] = '\n';
    line[11] = 0;
    call_host(0x04, line); /* SYS_WRITE0 */
}

static int is_timer_over(void)
{
    if (!(SYST_CSR & SYST_COUNTFLAG))
        return 0;
    call_host(0x04, "The samples take more instructions than the timer can count: pass fewer.\n");
    return 1;
}

int main(void)
{
    static float output[NET_OUTPUTS];
    uint32_t start, s, i;
#ifdef NET_IN_BYTES
    static int32_t scratch[NET_SCRATCH_BYTES / sizeof(int32_t)];
    static uint8_t input[SAMPLES][NET_INPUTS];
    static int classes[SAMPLES];

    for (s = 0; s < SAMPLES; s++)
        net_prepare(samples[s], input[s]);
    SYST_RVR = 0xFFFFFF;
    SYST_CVR = 0;
    SYST_CSR = 5;
    start = SYST_CVR;
    for (s = 0; s < SAMPLES; s++) {
        net_run(input[s], scratch);
        classes[s] = net_class(scratch);
    }
    print("t", (start - SYST_CVR) & 0xFFFFFF);
    if (is_timer_over())
        return 1;
    for (s = 0; s < SAMPLES; s++) {
        net_run(input[s], scratch);
        net_outputs(scratch, output);
        for (i = 0; i < NET_OUTPUTS; i++) {
            union { float number; uint32_t bits; } bits;
            bits.number = output[i];
            print("o", bits.bits);
        }
        print("c", (uint32_t)classes[s]);
    }
#else
    static float scratch[NET_SCRATCH_BYTES / sizeof(float)];

    SYST_RVR = 0xFFFFFF;
    SYST_CVR = 0;
    SYST_CSR = 5;
    start = SYST_CVR;
    for (s = 0; s < SAMPLES; s++)
        net_run(samples[s], output, scratch);
    print("t", (start - SYST_CVR) & 0xFFFFFF);
    if (is_timer_over())
        return 1;
    for (s = 0; s < SAMPLES; s++) {
        net_run(samples[s], output, scratch);
        for (i = 0; i < NET_OUTPUTS; i++) {
            union { float number; uint32_t bits; } bits;
            bits.number = output[i];
            print("o", bits.bits);
        }
        print("c", (uint32_t)net_class(output));
    }
#endif
    return 0;
}

void reset(void)
{
    /* SYS_EXIT: the application ended, or failed. */
    call_host(0x18, (const void *)(main() == 0 ? 0x20026 : 0x20023));
    for (;;) {
    }
}
