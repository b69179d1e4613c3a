using Fpe.Compute;
using Fpe.Counting;
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

    internal Conv2d(Conv2dPlan plan, Device device, long seed, int index)
        : base(plan, device)
    {
        Plan = plan;
        weight = new Parameter(ParameterName("weight"), ParameterRole.Weight, Shape.WeightCount, device)
        {
            Shape = [Shape.Filters, Shape.Input.Channels, Shape.Kernel, Shape.Kernel],
        };
        bias = new Parameter(ParameterName("bias"), ParameterRole.Bias, Shape.Filters, device);
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
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public double[] ReadWeights() => Read(weight);

    /// <summary>Copies the biases from the device: one per filter.</summary>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public double[] ReadBiases() => Read(bias);

    /// <inheritdoc/>
    protected override string Kind => KindWith(Plan.Activation);

    /// <inheritdoc/>
    protected override int ParentCount => Shape.Filters;

    internal override LayerSummary Summarize(LayerWeights counts, bool isExpanded) => base.Summarize(counts, isExpanded) with
    {
        Shape = $"{Shape.Input} → {Shape.Output}",
        PossibleWeights = Shape.WeightCount,
        Places = Shape.Output.Pixels,
    };

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs) => ValueUnits.Of(OutputCount);

    /// <inheritdoc/>
    protected internal override LayerBuffers Allocate(IReadOnlyList<LayerBuffers> inputs, bool training)
    {
        int capacity = inputs[0].Output.Capacity;
        return new LayerBuffers(AllocateOutputs(capacity), training ? AllocateOutputs(capacity) : null)
        {
            WeightedSums = Plan.Activation == ActivationFunction.Gelu ? AllocateOutputs(capacity) : null,
        };
    }

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass) => Device.Kernels.Conv2dForward(
        Shape, weight.Value, bias.Value, Plan.Activation, inputs[0], buffers.WeightedSums, buffers.Output, pass.Batch);

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        IKernels kernels = Device.Kernels;
        Activations gradient = buffers.OutputGradient;
        if (Plan.Activation != ActivationFunction.Identity)
            kernels.ActivationGradient(Plan.Activation, buffers.WeightedSums, buffers.Output, gradient, pass.Batch);
        kernels.Conv2dWeightGradient(Shape, inputs[0], gradient, weight.Gradient, bias.Gradient, pass.Batch);
        if (inputGradients[0] is { } inputGradient)
            kernels.Conv2dInputGradient(Shape, weight.Value, gradient, inputGradient, pass.Batch);
    }

    /// <inheritdoc/>
    protected internal override void Free()
    {
        weight.Free();
        bias.Free();
    }

    private double[] Read(Parameter parameter) => Read(() =>
    {
        var values = new double[parameter.Count];
        parameter.Value.Read(values);
        return values;
    });
}

/// <content>What only the runtime knows of the plan.</content>
public sealed partial record Conv2dPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => RequireSameInput(widths);

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", nameof(Conv2d));
        fields.Add(Input);
        fields.Add("filters", Filters);
        fields.Add("kernel", Kernel);
        fields.Add("stride", Stride);
        fields.Add("padding", Padding);
        fields.Add("activation", Activation.ToString());
    }

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new Conv2d(this, device, seed, index);
}
