namespace Fpe.Compute;

/// <content>
/// Kernels over all parameters of a model in one call, because small networks are bound by the number of kernels on some devices. Their
/// bodies call the kernel of a single parameter for each of them, in order.
/// </content>
public partial interface IKernels
{
    /// <summary><see cref="AddSquaredNorm"/> of several buffers: norms[slot] += Σ x[i]² over all elements of all buffers.</summary>
    void AddSquaredNorms(ReadOnlySpan<DeviceBuffer> buffers, DeviceBuffer norms, int slot)
    {
        foreach (DeviceBuffer x in buffers)
            AddSquaredNorm(x, norms, slot);
    }

    /// <summary><see cref="ClipToNorm"/> of several buffers.</summary>
    void ClipAllToNorm(ReadOnlySpan<DeviceBuffer> buffers, DeviceBuffer norms, int slot, double maximum)
    {
        foreach (DeviceBuffer x in buffers)
            ClipToNorm(x, norms, slot, maximum);
    }

    /// <summary><see cref="AdamStep"/> of several parameters.</summary>
    /// <param name="parameters">The parameters, each with its two moments.</param>
    /// <param name="step">The constants of the step. Its weight decay applies only to parameters that decay.</param>
    void AdamSteps(ReadOnlySpan<ParameterUpdate> parameters, in AdamConstants step)
    {
        foreach (ref readonly ParameterUpdate own in parameters)
            AdamStep(own.Weights, own.Gradient, own.State[0], own.State[1], own.Decays ? step : step with { WeightDecay = 0 });
    }

    /// <summary><see cref="SgdStep"/> of several parameters.</summary>
    /// <param name="parameters">The parameters, each with its velocity, or with none if there is no momentum.</param>
    /// <param name="step">The constants of the step. Its weight decay applies only to parameters that decay.</param>
    void SgdSteps(ReadOnlySpan<ParameterUpdate> parameters, in SgdConstants step)
    {
        foreach (ref readonly ParameterUpdate own in parameters)
            SgdStep(own.Weights, own.Gradient, own.State.Length == 0 ? null : own.State[0], own.Decays ? step : step with { WeightDecay = 0 });
    }
}
