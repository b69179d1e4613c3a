using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Runtime.Tests.Checkpoints;

public sealed class FiniteCheckTests
{
    [Theory]
    [InlineData(ElementType.Float32, 1e39, "1E+39 at [0]")]
    [InlineData(ElementType.Float64, 1e39, null)]
    [InlineData(ElementType.Float32, double.NaN, "NaN at [0]")]
    [InlineData(ElementType.Float64, double.NegativeInfinity, "-Infinity at [0]")]
    [InlineData(ElementType.Float32, 1, null)]
    public void What_a_device_cannot_hold_is_found(ElementType format, double value, string? found) =>
        Assert.Equal(found, FiniteCheck.Find([value, 1], layout: null, format));

    [Fact]
    public void A_weight_is_named_by_its_row_and_column_wherever_it_lies()
    {
        EdgeLayout layout = EdgeLayout.OfBlocks(EdgeStructure.SharedBlocks, 4, 5, [([0, 2], [1, 3, 4]), ([1, 3], [0, 2])]);
        string[] places = ["[0, 1]", "[0, 3]", "[0, 4]", "[2, 1]", "[2, 3]", "[2, 4]", "[1, 0]", "[1, 2]", "[3, 0]", "[3, 2]"];
        for (int slot = 0; slot < places.Length; slot++)
        {
            var values = new double[places.Length];
            values[slot] = double.NaN;
            Assert.Equal($"NaN at {places[slot]}", FiniteCheck.Find(values, layout, ElementType.Float32));
        }
    }

    [Fact]
    public void Columns_of_a_convolution_in_groups_are_those_of_its_tensor()
    {
        using var model = new PlannedModel(Expansions.Plan("groups, shared and dealt"), seed: 1, Device.Default);
        model.Expand();
        var layer = (Conv2d)model.Layers[1];
        double[] values = layer.ReadWeights();
        EdgeBlock last = layer.Edges.Block(layer.Edges.BlockCount - 1);
        string position = $"[{last.Rows[^1]}, {last.Columns[^1]}]";
        values[^1] = double.NaN;
        Slots.Write(layer.Weight, values);
        Assert.Equal($"shapes.weight is NaN at {position}", FiniteCheck.Find(model));
        Assert.InRange(last.Columns[^1], 0, (8 * 4) - 1);
    }

    [Fact]
    public void Every_parameter_of_a_model_is_looked_at()
    {
        foreach (Device device in new Device[] { Device.Default, new ReferenceDevice(ElementType.Float64) })
        {
            using var model = new PlannedModel(Expansions.Plan("on a convolution"), seed: 1, device);
            model.Expand();
            Assert.Null(FiniteCheck.Find(model));
            foreach (Parameter parameter in model.Parameters)
            {
                double[] before = Slots.Read(parameter, parameter.Value);
                double[] values = [.. before];
                values[^1] = double.PositiveInfinity;
                Slots.Write(parameter, values);
                Assert.StartsWith($"{parameter.Name} is Infinity at [", FiniteCheck.Find(model), StringComparison.Ordinal);
                Slots.Write(parameter, before);
            }
        }
    }
}
