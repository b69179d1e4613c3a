using Fpe.Compute;
using Fpe.Numerics;

namespace Fpe;

/// <summary>
/// A convolution: y = f(w ∗ x + b), where every filter slides over the image with one set of weights. It is trained with the rest of
/// the model, but neither expanded nor pruned.
/// </summary>
public sealed class Conv2d : Layer
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private Activations? weightedSums;

    internal Conv2d(Conv2dPlan plan, Device device, long seed, int index)
        : base(plan, device)
    {
        Plan = plan;
        weight = new Parameter(ParameterName("weight"), isWeight: true, Shape.WeightCount, device);
        bias = new Parameter(ParameterName("bias"), isWeight: false, Shape.Filters, device);
        Parameters = [weight, bias];

        var random = new RandomStream(seed, RandomPurpose.Initialisation, index);
        weight.Value.Write(InitialValues.Uniform(Shape.WeightCount, Shape.FanIn, random));
        bias.Value.Write(InitialValues.Uniform(Shape.Filters, Shape.FanIn, random));
    }

    /// <summary>The layer as it was declared.</summary>
    public new Conv2dPlan Plan { get; }

    /// <summary>The shape of the convolution.</summary>
    public Conv2dShape Shape => Plan.Shape;

    /// <inheritdoc/>
    public override int InputCount => Shape.Input.Count;

    /// <inheritdoc/>
    public override int OutputCount => Shape.Output.Count;

    /// <summary>w, [filters, channels, kernel, kernel]; initially uniform in ±1/√(channels · kernel · kernel), as in PyTorch.</summary>
    public Parameter Weight => weight;

    /// <summary>b, one per filter; initially uniform in ±1/√(channels · kernel · kernel), as in PyTorch.</summary>
    public Parameter Bias => bias;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Copies the weights from the device: [filters, channels, kernel, kernel], row by row.</summary>
    public double[] ReadWeights() => Read(weight);

    /// <summary>Copies the biases from the device: one per filter.</summary>
    public double[] ReadBiases() => Read(bias);

    internal override void Reserve(int capacity)
    {
        base.Reserve(capacity);
        if (Plan.Activation == ActivationFunction.Gelu)
            weightedSums = Device.AllocateActivations(OutputCount, capacity);
    }

    internal override void Forward(Activations input, in Pass pass) =>
        Device.Kernels.Conv2dForward(Shape, weight.Value, bias.Value, Plan.Activation, input, weightedSums, Output, pass.Batch);

    internal override void Backward(Activations input, Activations? inputGradient, in Pass pass)
    {
        IKernels kernels = Device.Kernels;
        if (Plan.Activation != ActivationFunction.Identity)
            kernels.ActivationGradient(Plan.Activation, weightedSums, Output, OutputGradient, pass.Batch);
        kernels.Conv2dWeightGradient(Shape, input, OutputGradient, weight.Gradient, bias.Gradient, pass.Batch);
        if (inputGradient is not null)
            kernels.Conv2dInputGradient(Shape, weight.Value, OutputGradient, inputGradient, pass.Batch);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        weight.Dispose();
        bias.Dispose();
    }

    private protected override void Release()
    {
        base.Release();
        weightedSums?.Dispose();
        weightedSums = null;
    }

    private static double[] Read(Parameter parameter)
    {
        var values = new double[parameter.Count];
        parameter.Value.Read(values);
        return values;
    }
}
