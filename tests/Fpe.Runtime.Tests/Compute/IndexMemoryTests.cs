using Fpe.Compute;
using Fpe.Compute.Cpu;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Runtime.Tests.Compute;

public sealed class IndexMemoryTests
{
    /// <summary>Weight, gradient and two moments, in single precision.</summary>
    private const int BytesPerEdge = 4 * sizeof(float);

    [Fact]
    public void Shared_blocks_need_at_most_5_percent_for_index_data()
    {
        using var model = new PlannedModel(Plans.OneHidden(784, 256, 10, new ExpansionPlan(4, Share: 32)), seed: 1, Device.Default);
        model.Expand();
        Linear hidden = model.Linears.First();
        Assert.Equal(EdgeStructure.SharedBlocks, hidden.Edges.Structure);

        var edges = (CpuEdges)hidden.Weight.Edges!;
        double index = edges.IndexBytes + edges.Layout.IndexBytes;
        Assert.InRange(index / (BytesPerEdge * (double)edges.Layout.EdgeCount), 0.001, 0.05);
        Assert.InRange(edges.StorageLength / (double)edges.Layout.EdgeCount, 1, 1.05);
    }
}
