using Fpe.Compute;
using Fpe.Runtime.Tests.Compute;
using Fpe.Runtime.Tests.Expansion;
using Fpe.Sparsity;

namespace Fpe.Runtime.Tests.Sparsity;

public sealed class EdgeTransferTests
{
    [Fact]
    public void Edges_that_both_have_keep_their_values_and_all_else_is_zero() => RandomLayer.ForAll(
        random =>
        {
            (int outputs, int inputs) = (1 + random.NextInt32(9), 1 + random.NextInt32(9));
            foreach (EdgeLayout from in Layouts.All(outputs, inputs))
            {
                foreach (EdgeLayout to in Layouts.All(outputs, inputs).Reverse())
                {
                    double[] values = [.. Enumerable.Range(0, from.SlotCount).Select(slot => from.IsKept(slot) ? slot + 1.5 : 0)];
                    var old = Edge.Of(from, values).ToDictionary(edge => (edge.Row, edge.Column), edge => edge.Weight);

                    double[] moved = EdgeTransfer.Between(from, to).Move(values);

                    Assert.All(Edge.Of(to, moved), edge => Assert.Equal(old.GetValueOrDefault((edge.Row, edge.Column)), edge.Weight));
                }
            }
        },
        runs: 40);

    /// <summary>A hole is no edge, whatever stands there.</summary>
    [Fact]
    public void Holes_give_and_receive_nothing()
    {
        EdgeLayout dense = EdgeLayout.Dense(1, 3);
        EdgeLayout holed = dense.WithHoles(new([true, false, true]));
        Assert.Equal([7, 0, 9], EdgeTransfer.Between(holed, dense).Move([7, 8, 9]));
        Assert.Equal([7, 0, 9], EdgeTransfer.Between(dense, holed).Move([7, 8, 9]));
        Assert.Equal([7, 8, 9], EdgeTransfer.Between(dense, dense).Move([7, 8, 9]));
    }
}
