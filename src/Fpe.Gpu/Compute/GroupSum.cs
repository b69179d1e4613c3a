using ILGPU;

namespace Fpe.Gpu.Compute;

/// <summary>Sums over the threads of a group of <see cref="Kernel{TArguments}.Threads"/>, always in the same order.</summary>
internal static class GroupSum
{
    /// <summary>Returns the sum to all threads. Every thread of the group must call it.</summary>
    public static float Of(float value)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(256);
        int thread = Group.IdxX;
        Group.Barrier();
        shared[thread] = value;
        Group.Barrier();
        for (int distance = 128; distance > 0; distance >>= 1)
        {
            if (thread < distance)
                shared[thread] += shared[thread + distance];
            Group.Barrier();
        }

        return shared[0];
    }
}
