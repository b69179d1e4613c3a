using Fpe.Compute;

namespace Fpe;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy, arXiv 1502.03167): y = (x − μ) / √(σ² + ε) · γ + β for each value of a vector, or each channel
/// of an image. During training, mean μ and variance σ² are those of the batch, or of each chunk if several ranks train
/// (<see cref="Training.DataParallel"/>), over all pixels of a channel; predictions use the running ones. Each child of a neuron starts with
/// its parent's values.
/// </summary>
/// <remarks>
/// Running statistics are updated as r ← (1 − m) · r + m · s with momentum m, where s is the batch's mean or its unbiased variance, as in
/// PyTorch.
/// </remarks>
public sealed class BatchNorm : Layer
{
    private Parameter[] parameters;

    internal BatchNorm(BatchNormPlan plan, Device device)
        : base(plan, device)
    {
        double[] zeros = new double[plan.Units];
        double[] ones = [.. Enumerable.Repeat(1.0, plan.Units)];
        parameters = Store([ones, zeros, zeros, ones]);
    }

    /// <summary>The layer as it was declared.</summary>
    public new BatchNormPlan Plan => (BatchNormPlan)base.Plan;

    /// <summary>Current number of values of a vector, or of channels of an image.</summary>
    public int UnitCount => Scale.Count;

    /// <inheritdoc/>
    public override int InputCount => UnitCount * Plan.Places;

    /// <inheritdoc/>
    public override int OutputCount => UnitCount * Plan.Places;

    /// <summary>γ, one per unit; initially 1.</summary>
    public Parameter Scale => parameters[0];

    /// <summary>β, one per unit; initially 0.</summary>
    public Parameter Shift => parameters[1];

    /// <summary>The running mean, one per unit; initially 0.</summary>
    public Parameter RunningMean => parameters[2];

    /// <summary>The running variance, one per unit; initially 1.</summary>
    public Parameter RunningVariance => parameters[3];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs)
    {
        ValueUnits units = inputs[0];
        if (units.Count != InputCount)
        {
            double[][] values = Array.ConvertAll(parameters, parameter => parameter.ReadFor(units));
            Free();
            parameters = Store(values);
        }

        return units;
    }

    /// <inheritdoc/>
    protected internal override LayerBuffers Allocate(IReadOnlyList<LayerBuffers> inputs, bool training)
    {
        int capacity = inputs[0].Output.Capacity;
        return new LayerBuffers(AllocateOutputs(capacity), training ? AllocateOutputs(capacity) : null)
        {
            BatchStatistics = training ? Device.Allocate(2 * UnitCount) : null,
        };
    }

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass)
    {
        if (pass.Training)
        {
            Device.Kernels.BatchNormForward(
                Plan.Places, Scale.Value, Shift.Value, Plan.Epsilon, Plan.Momentum, RunningMean.Value, RunningVariance.Value,
                buffers.BatchStatistics!, inputs[0], buffers.Output, pass.Batch);
        }
        else
        {
            Device.Kernels.BatchNormPredict(
                Plan.Places, Scale.Value, Shift.Value, Plan.Epsilon, RunningMean.Value, RunningVariance.Value, inputs[0], buffers.Output, pass.Batch);
        }
    }

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        IKernels kernels = Device.Kernels;
        DeviceBuffer statistics = buffers.BatchStatistics!;
        kernels.BatchNormParameterGradient(Plan.Places, statistics, inputs[0], buffers.OutputGradient, Scale.Gradient, Shift.Gradient, pass.Batch);
        if (inputGradients[0] is { } inputGradient)
        {
            kernels.BatchNormInputGradient(
                Plan.Places, Scale.Value, statistics, Scale.Gradient, Shift.Gradient, inputs[0], buffers.OutputGradient, inputGradient, pass.Batch);
        }
    }

    /// <inheritdoc/>
    protected internal override void Free()
    {
        foreach (Parameter parameter in parameters)
            parameter.Free();
    }

    // The names are PyTorch's.
    private Parameter[] Store(double[][] values)
    {
        (string Name, ParameterRole Role)[] kinds =
        [
            ("weight", ParameterRole.Scale), ("bias", ParameterRole.Shift),
            ("running_mean", ParameterRole.Statistic), ("running_var", ParameterRole.Statistic),
        ];
        var stored = new Parameter[kinds.Length];
        for (int p = 0; p < stored.Length; p++)
        {
            stored[p] = new Parameter(ParameterName(kinds[p].Name), kinds[p].Role, values[p].Length, Device);
            stored[p].Value.Write(values[p]);
        }

        return stored;
    }
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record BatchNormPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) =>
        new BatchNormPlan(Name, widths[0] / Places, Places, Epsilon, Momentum) { From = From };

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new BatchNorm(this, device);
}
