using Fpe.Compute;
using Fpe.Compute.Cpu;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>The gradient of several chunks has the bits of their gradients, added two by two.</summary>
public class EdgeChunkKernelTests
{
    private const int ReaderOutputs = 3;

    private static readonly int[][] Chunks =
        [[20], [128, 127], [64, 63, 64, 63], [17, 18, 17, 30, 32, 9, 17, 18], [.. Enumerable.Repeat(9, 15), 16]];

    private static readonly ElementFunction[] Functions = [ActivationFunction.Identity, ActivationFunction.Relu, ActivationFunction.Gelu];

    [Theory]
    [InlineData(12, 5)]
    [InlineData(40, 33)]
    [InlineData(70, 130)]
    [InlineData(16, 8)]
    public void Chunks_are_added_two_by_two(int outputs, int inputs)
    {
        int checkedOnCpu = 0;
        foreach (Device device in (Device[])[.. Agreement.All, new BareDevice<float>()])
        {
            foreach (EdgeLayout layout in Layouts.All(outputs, inputs))
            {
                foreach (int[] sizes in Chunks)
                {
                    using DeviceEdges edges = device.Prepare(layout);
                    if (device is CpuDevice && edges.ChunksAtOnce(sizes.Min(), sizes.Max()) < sizes.Length)
                        continue;
                    checkedOnCpu += device is CpuDevice ? 1 : 0;
                    foreach (ElementFunction function in Functions)
                    {
                        Check(device, layout, sizes, function, hasReader: false);
                        Check(device, layout, sizes, function, hasReader: true);
                    }
                }
            }
        }

        if (TestedDevices.Single.Any(device => device is CpuDevice))
            Assert.True(checkedOnCpu > 10, $"{checkedOnCpu} cases were computed at once.");
    }

    [Fact]
    public void What_has_kernels_of_its_own_is_computed_chunk_by_chunk()
    {
        foreach ((EdgeLayout layout, int fewest, int most, int expected) in ((EdgeLayout, int, int, int)[])
            [
                (EdgeLayout.Dense(40, 20), 64, 64, 4), (EdgeLayout.Dense(40, 20), 64, 65, 2), (EdgeLayout.Dense(40, 20), 129, 129, 1), (EdgeLayout.Dense(40, 20), 300, 300, 1),
                (EdgeLayout.Dense(40, 20), 9, 9, 16), (EdgeLayout.Dense(40, 20), 8, 9, 1), (EdgeLayout.Dense(10, 20), 64, 64, 1), (EdgeLayout.Dense(1, 20), 64, 64, 1),
            ])
        {
            using DeviceEdges edges = CpuDevice.Instance.Prepare(layout);
            Assert.Equal(expected, edges.ChunksAtOnce(fewest, most));
        }
    }

    private static void Check(Device device, EdgeLayout layout, int[] sizes, ElementFunction function, bool hasReader)
    {
        using var bench = new Workbench(device, capacity: sizes.Max());
        DeviceEdges edges = bench.Edges(layout), readerEdges = bench.Edges(EdgeLayout.Dense(ReaderOutputs, layout.OutputCount));
        DeviceBuffer readerWeights = bench.Weights(readerEdges);
        var chunks = new EdgeChunk[sizes.Length];
        var weights = new DeviceBuffer[sizes.Length];
        var biases = new DeviceBuffer[sizes.Length];
        for (int c = 0; c < sizes.Length; c++)
        {
            int batch = sizes[c];
            float[] slopes = bench.Values(layout.OutputCount * batch);
            Activations x = bench.Input(layout.InputCount, batch), y = bench.Input(layout.OutputCount, batch);
            Activations? z = function.Kind.NeedsWeightedSums() ? bench.Input(layout.OutputCount, batch) : null;
            Activations Dy() => hasReader ? bench.Output(layout.OutputCount) : bench.Input(layout.OutputCount, slopes);
            EdgeReader? reader = hasReader ? new EdgeReader(readerEdges, readerWeights, bench.Input(ReaderOutputs, batch), bench.Input(ReaderOutputs, batch)) : null;
            chunks[c] = new EdgeChunk(x, z, y, Dy(), reader, batch);
            (weights[c], biases[c]) = (bench.Output(edges), bench.OutputBuffer(layout.OutputCount));
            if (reader is { } through)
                bench.Kernels.EdgeWeightGradientThrough(through, edges, function, x, z, y, Dy(), weights[c], biases[c], batch);
            else
                bench.Kernels.EdgeWeightGradient(edges, function, x, z, y, Dy(), weights[c], biases[c], batch);
        }

        for (int width = 1; width < sizes.Length; width *= 2)
        {
            for (int c = 0; c < sizes.Length; c += 2 * width)
            {
                bench.Kernels.AddAll([weights[c + width]], weights[c]);
                bench.Kernels.AddAll([biases[c + width]], biases[c]);
            }
        }

        DeviceBuffer actual = bench.Output(edges), actualBias = bench.OutputBuffer(layout.OutputCount);
        bench.Kernels.EdgeWeightGradientOfChunks(edges, function, chunks, actual, actualBias);
        AssertSame(Workbench.Read(weights[0]), Workbench.Read(actual), "weight");
        AssertSame(Workbench.Read(biases[0]), Workbench.Read(actualBias), "bias");

        void AssertSame(double[] expected, double[] values, string what)
        {
            for (int i = 0; i < expected.Length; i++)
                Assert.True(expected[i].Equals(values[i]), $"{TestedDevices.Describe(device)}, {sizes.Length} chunks, {function}, {(hasReader ? "with" : "without")} a reader: the gradient of {what} {i} of {layout.Structure} is {values[i]:R}, not {expected[i]:R}");
        }
    }
}
