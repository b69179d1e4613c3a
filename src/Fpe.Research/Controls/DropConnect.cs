using Fpe.Compute;
using Fpe.Numerics;

namespace Fpe.Research.Controls;

/// <summary>
/// A fully connected layer of which every weight is left out of a training step with probability p = <see cref="DropConnectPlan.Rate"/>,
/// and else divided by 1 − p. Biases are never left out, and predictions use all weights as they are, their mean.
/// </summary>
/// <remarks>
/// The mask is a step's own, the same for all samples of its batch, and is not stored (Wan et al., "Regularization of neural networks using
/// DropConnect", ICML 2013, who draw a mask for each sample and predict with a Gaussian approximation). It numbers the weights in the
/// order in which a device stores them, and is applied on the host.
/// </remarks>
public sealed class DropConnect : Linear
{
    private readonly int index;
    private readonly double scale;
    private DeviceBuffer? maskedWeights;
    private double[] values = [];
    private bool[] isDropped = [];
    private (long Seed, long Step)? maskOf;

    internal DropConnect(DropConnectPlan plan, Device device, long seed, int index)
        : base(plan, device, seed, index)
    {
        this.index = index;
        double inverse = 1 / (1 - plan.Rate);
        scale = device.ElementType == ElementType.Float32 ? (float)inverse : inverse;
    }

    /// <summary>The layer as it was declared.</summary>
    public new DropConnectPlan Plan => (DropConnectPlan)base.Plan;

    /// <inheritdoc/>
    protected override DeviceBuffer WeightsInTraining(in Pass pass)
    {
        if (maskedWeights?.Length != Weight.Value.Length)
        {
            maskedWeights?.Dispose();
            maskedWeights = Device.Allocate(Weight.Value.Length);
        }

        Mask(Weight.Value, maskedWeights, pass);
        return maskedWeights;
    }

    /// <summary>The gradient of a masked scaling is the same masked scaling of the gradient.</summary>
    protected override void CompleteWeightGradient(in Pass pass) => Mask(Weight.Gradient, Weight.Gradient, pass);

    /// <inheritdoc/>
    protected override void Free()
    {
        base.Free();
        maskedWeights?.Dispose();
        maskedWeights = null;
    }

    private void Mask(DeviceBuffer source, DeviceBuffer destination, in Pass pass)
    {
        DrawMask(source.Length, pass);
        source.Read(values);
        for (int e = 0; e < values.Length; e++)
            values[e] = isDropped[e] ? 0 : values[e] * scale;
        destination.Write(values);
    }

    /// <summary>Element e of the mask is that of random word e. One mask serves a whole step.</summary>
    private void DrawMask(int length, in Pass pass)
    {
        if (maskOf == (pass.Seed, pass.Step) && isDropped.Length == length)
            return;
        if (isDropped.Length != length)
            (values, isDropped) = (new double[length], new bool[length]);
        ulong stream = pass.StreamOf(RandomPurpose.DropConnect, index);
        Span<uint> words = stackalloc uint[4];
        for (int e = 0; e < length; e++)
        {
            if (e % 4 == 0)
                (words[0], words[1], words[2], words[3]) = Philox.Block(unchecked((ulong)pass.Seed), stream, (ulong)e / 4);
            isDropped[e] = Philox.Uniform(words[e % 4]) < Plan.Rate;
        }

        maskOf = (pass.Seed, pass.Step);
    }
}
