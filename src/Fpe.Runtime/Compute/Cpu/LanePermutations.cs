using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>For each choice of the lanes of a vector of 8, as bits, the permutations between the chosen lanes and the first ones.</summary>
internal static unsafe class LanePermutations
{
    private const int Choices = 1 << 8;

    private static readonly AlignedMemory Memory = Create();

    /// <summary>Lane k reads the k-th chosen lane.</summary>
    public static int* Together => Memory.Integers;

    /// <summary>The k-th chosen lane reads lane k; all others read a lane that does not exist, which is 0.</summary>
    public static int* Apart => Memory.Integers + (Choices * Vector256<int>.Count);

    private static AlignedMemory Create()
    {
        var memory = new AlignedMemory(2L * Choices * Vector256<int>.Count * sizeof(int));
        int* together = memory.Integers, apart = together + (Choices * Vector256<int>.Count);
        for (int choice = 0; choice < Choices; choice++)
        {
            int chosen = 0;
            for (int lane = 0; lane < Vector256<int>.Count; lane++)
            {
                apart[lane] = Vector256<int>.Count;
                if ((choice >> lane & 1) == 0)
                    continue;
                apart[lane] = chosen;
                together[chosen++] = lane;
            }

            together += Vector256<int>.Count;
            apart += Vector256<int>.Count;
        }

        return memory;
    }
}
