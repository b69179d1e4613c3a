using System.Runtime.CompilerServices;

namespace Fpe.Compute;

/// <content>Kernels over all parameters of a model.</content>
internal sealed partial class CheckedKernels
{
    public void AddSquaredNorms(ReadOnlySpan<DeviceBuffer> buffers, DeviceBuffer norms, int slot)
    {
        CheckNorm(buffers, norms, slot);
        kernels.AddSquaredNorms(buffers, norms, slot);
        KeepAlive(buffers);
        KeepAlive(norms);
    }

    public void ClipAllToNorm(ReadOnlySpan<DeviceBuffer> buffers, DeviceBuffer norms, int slot, double maximum)
    {
        CheckNorm(buffers, norms, slot);
        CheckMaximum(maximum);
        kernels.ClipAllToNorm(buffers, norms, slot, maximum);
        KeepAlive(buffers);
        KeepAlive(norms);
    }

    public void AdamSteps(ReadOnlySpan<ParameterUpdate> parameters, in AdamConstants step)
    {
        CheckUpdates(parameters, fewest: 2, most: 2);
        CheckAdam(in step);
        kernels.AdamSteps(parameters, in step);
        KeepAlive(parameters);
    }

    public void SgdSteps(ReadOnlySpan<ParameterUpdate> parameters, in SgdConstants step)
    {
        CheckUpdates(parameters, fewest: 0, most: 1);
        kernels.SgdSteps(parameters, in step);
        KeepAlive(parameters);
    }

    private static void CheckMaximum(double maximum)
    {
        if (!(maximum > 0))
            throw new ArgumentOutOfRangeException(nameof(maximum), maximum, "The maximum norm must be positive.");
    }

    private void CheckNorm(ReadOnlySpan<DeviceBuffer> buffers, DeviceBuffer norms, int slot)
    {
        arguments.CheckSlot(norms, slot);
        foreach (DeviceBuffer x in buffers)
        {
            arguments.Check(x);
            KernelArguments.CheckDistinct(x, norms);
        }
    }

    private void CheckUpdates(ReadOnlySpan<ParameterUpdate> parameters, int fewest, int most)
    {
        foreach (ref readonly ParameterUpdate own in parameters)
        {
            arguments.Check(own.Weights);
            arguments.Check(own.Gradient, own.Weights.Length);
            ArgumentNullException.ThrowIfNull(own.State);
            if (own.State.Length < fewest || own.State.Length > most)
            {
                string required = fewest == most ? $"{most}" : $"{fewest} to {most}";
                throw new ArgumentException($"A parameter has {own.State.Length} buffers of the optimizer, but the call requires {required}.", nameof(parameters));
            }

            foreach (DeviceBuffer state in own.State)
                arguments.Check(state, own.Weights.Length);
        }
    }

    /// <summary>Keeps what a span points into, and so all that this refers to.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void KeepAlive<T>(ReadOnlySpan<T> items)
    {
    }
}
