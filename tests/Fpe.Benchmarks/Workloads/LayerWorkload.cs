using Fpe.Compute;
using Fpe.Numerics;
using Fpe.Training;

namespace Fpe.Benchmarks.Workloads;

/// <summary>
/// One layer with ReLU inside a network, with a batch before and gradients behind it: what its kernels read and write,
/// allocated once.
/// </summary>
internal sealed class LayerWorkload : IDisposable
{
    // Weights hardly move, so that the last call computes with the same numbers as the first.
    private static readonly Adam Adam = new(learningRate: 1e-8);

    private readonly Device device;
    private readonly IKernels kernels;
    private readonly DeviceEdges edges;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly DeviceBuffer[] weightMoments;
    private readonly DeviceBuffer[] biasMoments;
    private readonly Activations input;
    private readonly Activations inputGradient;
    private readonly Activations output;
    private readonly Activations outputGradient;
    private readonly int batch;
    private long step;

    /// <summary>Allocates a layer on the default device, which uses one thread, and fills it with random numbers.</summary>
    public LayerWorkload(WorkloadShape shape, EdgeLayout layout)
        : this(shape, layout, Device.Default)
    {
    }

    /// <summary>Allocates a layer and fills it with random numbers.</summary>
    public LayerWorkload(WorkloadShape shape, EdgeLayout layout, Device device)
    {
        this.device = device;
        kernels = device.Kernels;
        batch = shape.Batch;
        edges = device.Prepare(layout);
        weight = new Parameter("weight", edges, device);
        bias = new Parameter("bias", ParameterRole.Bias, layout.OutputCount, device);
        weightMoments = Moments(weight);
        biasMoments = Moments(bias);
        input = Uniform(layout.InputCount, shift: 0, stream: 1);
        outputGradient = Uniform(layout.OutputCount, shift: -0.5f, stream: 2);
        inputGradient = device.AllocateActivations(layout.InputCount, batch);
        output = device.AllocateActivations(layout.OutputCount, batch);

        var random = new RandomStream(0, RandomPurpose.Initialisation);
        double bound = 1 / Math.Sqrt(shape.Inputs);
        double[] slots = [.. Enumerable.Range(0, layout.SlotCount).Select(_ => ((2 * random.NextDouble()) - 1) * bound)];
        edges.Write(slots, weight.Value);
        Step();
    }

    /// <summary>y = ReLU(x · Wᵀ + b).</summary>
    public void Forward() => Forward(ActivationFunction.Relu);

    /// <summary>y = x · Wᵀ + b: a plain product, but for the bias.</summary>
    public void Product() => Forward(ActivationFunction.Identity);

    /// <summary>dz = dy ⊙ ReLU′(z), and dx = dz · W.</summary>
    public void InputGradient() => InputGradient(ActivationFunction.Relu);

    /// <summary>dW = dzᵀ · x, and db.</summary>
    public void WeightGradient() => kernels.EdgeWeightGradient(
        edges, ActivationFunction.Identity, input, z: null, output, outputGradient, weight.Gradient, bias.Gradient, batch);

    /// <summary>dx = dz · W: a plain product.</summary>
    public void ProductInputGradient() => InputGradient(ActivationFunction.Identity);

    /// <summary>Adam over weights and biases.</summary>
    public void Update()
    {
        step++;
        Adam.Update(kernels, weight, weightMoments, Adam.LearningRate, step);
        Adam.Update(kernels, bias, biasMoments, Adam.LearningRate, step);
    }

    /// <summary>All of it, as in a training step of a deep network.</summary>
    public void Step()
    {
        Forward();
        InputGradient();
        WeightGradient();
        Update();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        weight.Free();
        bias.Free();
        foreach (DeviceBuffer moment in weightMoments.Concat(biasMoments))
            moment.Dispose();
        foreach (Activations activations in (Activations[])[input, inputGradient, output, outputGradient])
            activations.Dispose();
    }

    private void Forward(ActivationFunction function) =>
        kernels.EdgeForward(edges, weight.Value, bias.Value, function, input, z: null, output, batch);

    private void InputGradient(ActivationFunction function) =>
        kernels.EdgeInputGradient(edges, weight.Value, function, z: null, output, outputGradient, inputGradient, batch);

    private DeviceBuffer[] Moments(Parameter parameter) =>
        [.. Enumerable.Range(0, Adam.BuffersPerParameter).Select(_ => device.Allocate(parameter.Value.Length))];

    private Activations Uniform(int features, float shift, int stream)
    {
        var random = new RandomStream(0, RandomPurpose.Synthesis, stream);
        float[] values = [.. Enumerable.Range(0, features * batch).Select(_ => random.NextSingle() + shift)];
        Activations activations = device.AllocateActivations(features, batch);
        activations.Write(values, batch);
        return activations;
    }
}
