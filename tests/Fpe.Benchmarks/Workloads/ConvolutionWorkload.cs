using Fpe.Compute;

namespace Fpe.Benchmarks.Workloads;

/// <summary>A convolution with ReLU, dense or over edges, and the pooling that follows it, kernel by kernel.</summary>
internal sealed class ConvolutionWorkload : IDisposable
{
    private readonly int batch;
    private readonly Conv2dShape shape;
    private readonly Pool2dShape pool;
    private readonly DeviceEdges? edges;
    private readonly DeviceBuffer weights, bias, weightGradient, biasGradient;
    private readonly Activations images, imageGradient, outputs, outputGradient, pooled;

    /// <summary>Creates the buffers, with images and gradients of any values.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="layout">The weights that there are; null for all, without edges.</param>
    public ConvolutionWorkload(Conv2dShape shape, int batch, EdgeLayout? layout = null)
    {
        this.shape = shape;
        this.batch = batch;
        pool = new Pool2dShape(shape.Output, kernel: 2, stride: 2);
        edges = layout is null ? null : Device.PrepareFilters(layout);
        weights = Filled(edges?.StorageLength ?? shape.WeightCount);
        bias = Filled(shape.Filters);
        weightGradient = Filled(weights.Length);
        biasGradient = Filled(shape.Filters);
        images = Filled(shape.Input);
        imageGradient = Filled(shape.Input);
        outputs = Filled(shape.Output);
        outputGradient = Filled(shape.Output);
        pooled = Filled(pool.Output);
    }

    /// <summary>Additions and multiplications of one product, those of the padding included.</summary>
    public double Operations => 2.0 * shape.WeightCount * shape.Output.Pixels * batch;

    private static Device Device => Device.Default;

    private static IKernels Kernels => Device.Kernels;

    /// <summary>The children of a convolution, which divide the weights of each of its filters among them.</summary>
    /// <param name="parent">The dense parent.</param>
    /// <param name="factor">Children of each filter.</param>
    /// <param name="share">Filters that share a partition; 1 for partitions of their own.</param>
    /// <param name="batch">Samples.</param>
    public static ConvolutionWorkload ChildrenOf(Conv2dShape parent, int factor, int share, int batch)
    {
        Wiring wiring = share > 1 ? Wiring.Shared(share) : Wiring.Own;
        return new ConvolutionWorkload(
            new Conv2dShape(parent.Input, parent.Filters * factor, parent.Window), batch,
            wiring.LayoutOf(new WorkloadShape(parent.FanIn, parent.Filters, factor, batch)));
    }

    public void Forward()
    {
        if (edges is null)
            Kernels.Conv2dForward(shape, weights, bias, ActivationFunction.Relu, images, null, outputs, batch);
        else
            Kernels.EdgeConv2dForward(shape, edges, weights, bias, ActivationFunction.Relu, images, null, outputs, batch);
    }

    public void InputGradient()
    {
        if (edges is null)
            Kernels.Conv2dInputGradient(shape, weights, outputGradient, imageGradient, batch);
        else
            Kernels.EdgeConv2dInputGradient(shape, edges, weights, outputGradient, imageGradient, batch);
    }

    public void WeightGradient()
    {
        if (edges is null)
            Kernels.Conv2dWeightGradient(shape, images, outputGradient, weightGradient, biasGradient, batch);
        else
            Kernels.EdgeConv2dWeightGradient(shape, edges, images, outputGradient, weightGradient, biasGradient, batch);
    }

    /// <summary>Forward, ReLU's gradient, and the gradients by weights, biases and images.</summary>
    public void Step()
    {
        Forward();
        Kernels.ActivationGradient(ActivationFunction.Relu, null, outputs, outputGradient, batch);
        WeightGradient();
        InputGradient();
    }

    /// <summary>Pooling of the outputs by 2 × 2, and its gradient.</summary>
    public void PoolingStep()
    {
        Kernels.MaxPool2dForward(pool, outputs, pooled, batch);
        Kernels.MaxPool2dInputGradient(pool, outputs, pooled, outputGradient, batch);
    }

    /// <summary>Means of the outputs by 2 × 2, and their gradient.</summary>
    public void AveragePoolingStep()
    {
        Kernels.AvgPool2dForward(pool, outputs, pooled, batch);
        Kernels.AvgPool2dInputGradient(pool, pooled, outputGradient, batch);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        edges?.Dispose();
        foreach (IDisposable buffer in new IDisposable[] { weights, bias, weightGradient, biasGradient, images, imageGradient, outputs, outputGradient, pooled })
            buffer.Dispose();
    }

    private static float[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => (i * 37 % 101 - 50) / 100f)];

    private static DeviceBuffer Filled(int count)
    {
        DeviceBuffer buffer = Device.Allocate(count);
        buffer.Write(Values(count));
        return buffer;
    }

    private Activations Filled(ImageShape image)
    {
        Activations activations = Device.AllocateActivations(image.Count, batch);
        activations.Write(Values(image.Count * batch), batch);
        return activations;
    }
}
