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
