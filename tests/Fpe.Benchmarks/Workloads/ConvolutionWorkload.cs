using Fpe.Compute;

namespace Fpe.Benchmarks.Workloads;

/// <summary>A convolution with ReLU, and the pooling that follows it, kernel by kernel.</summary>
internal sealed class ConvolutionWorkload : IDisposable
{
    private readonly int batch;
    private readonly Conv2dShape shape;
    private readonly MaxPool2dShape pool;
    private readonly DeviceBuffer weights, bias, weightGradient, biasGradient;
    private readonly Activations images, imageGradient, outputs, outputGradient, pooled;

    /// <summary>Creates the buffers, with images and gradients of any values.</summary>
    public ConvolutionWorkload(Conv2dShape shape, int batch)
    {
        this.shape = shape;
        this.batch = batch;
        pool = new MaxPool2dShape(shape.Output, kernel: 2, stride: 2);
        weights = Filled(shape.WeightCount);
        bias = Filled(shape.Filters);
        weightGradient = Filled(shape.WeightCount);
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

    public void Forward() => Kernels.Conv2dForward(shape, weights, bias, ActivationFunction.Relu, images, null, outputs, batch);

    public void InputGradient() => Kernels.Conv2dInputGradient(shape, weights, outputGradient, imageGradient, batch);

    public void WeightGradient() => Kernels.Conv2dWeightGradient(shape, images, outputGradient, weightGradient, biasGradient, batch);

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

    /// <inheritdoc/>
    public void Dispose()
    {
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
