namespace Fpe.Compute;

/// <summary>A parameter in a step of an optimizer that updates several at once; no two of them share a buffer.</summary>
/// <param name="Weights">w.</param>
/// <param name="Gradient">g; not changed.</param>
/// <param name="State">
/// The optimizer's buffers for it: first and second moment for <see cref="IKernels.AdamSteps"/>, the velocity for
/// <see cref="IKernels.SgdSteps"/>, or none without momentum.
/// </param>
/// <param name="Decays">Whether the weight decay of the step applies to it.</param>
public readonly record struct ParameterUpdate(DeviceBuffer Weights, DeviceBuffer Gradient, DeviceBuffer[] State, bool Decays);
