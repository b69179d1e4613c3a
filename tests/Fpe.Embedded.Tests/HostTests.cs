using Fpe.Embedded.Tests.Support;
using Fpe.Quantization;

namespace Fpe.Embedded.Tests;

/// <summary>Generated files on this machine, by every compiler that is installed, against the predictors that they were made of.</summary>
public sealed class HostTests : IClassFixture<HostTests.Programs>
{
    private const double Tolerance = 1e-5;

    private readonly Programs programs;

    public HostTests(Programs programs) => this.programs = programs;

    public static TheoryData<string> InNumbers => [.. TestNetworks.InNumbers];

    public static TheoryData<string> InBytes => [.. TestNetworks.InBytes];

    [CompilerTheory]
    [MemberData(nameof(InNumbers))]
    public void Outputs_in_floating_point_are_those_of_the_model(string name)
    {
        HostNetwork network = programs.Numbers[name];
        foreach (HostProgram program in programs.Compiled.Value)
        {
            (float[] outputs, int[] classes) = program.Run(network, network.Samples);
            Assert.Equal(network.Outputs.Length, outputs.Length);
            Assert.All(network.Outputs.Zip(outputs), pair => Assert.Equal(pair.First, pair.Second, Tolerance * Math.Max(1, Math.Abs(pair.First))));
            RequireClasses(network, classes);
        }
    }

    [CompilerTheory]
    [MemberData(nameof(InBytes))]
    public void Outputs_in_bytes_have_the_bits_of_the_predictor(string name)
    {
        HostNetwork network = programs.Bytes[name];
        // The mathematical functions of C and .NET may differ in the last bit.
        bool isExact = !name.StartsWith("last ", StringComparison.Ordinal) || name is "last Identity" or "last Relu" or "last LeakyRelu" or "last HardSwish";
        foreach (HostProgram program in programs.Compiled.Value)
        {
            (float[] outputs, int[] classes) = program.Run(network, network.Samples);
            Assert.Equal(network.Outputs.Length, outputs.Length);
            Assert.All(network.Outputs.Zip(outputs), pair => Assert.Equal(pair.First, pair.Second, isExact ? 0 : 1e-6));
            RequireClasses(network, classes);
        }
    }

    /// <summary>Halves between two bytes, numbers beyond the ends, and what is no number; one value at a time, and with vectors.</summary>
    [CompilerTheory]
    [InlineData("one value")]
    [InlineData("one layer")]
    [InlineData("wide")]
    public void Any_number_becomes_the_byte_of_the_predictor(string name)
    {
        HostNetwork network = programs.Bytes[name];
        float[] numbers =
        [
            .. Enumerable.Range(-300, 601).Select(steps => (steps + 0.5f) * network.InputScale),
            .. new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0, -0f, float.MaxValue, float.MinValue, float.Epsilon },
        ];
        float[] samples = [.. numbers.SelectMany((_, s) => Enumerable.Range(0, network.Inputs).Select(i => numbers[(s + (31 * i)) % numbers.Length]))];
        // The predictor refuses what is not finite; C takes it for the end of the range.
        float[] expected = network.OutputsOf(Array.ConvertAll(samples, value => float.IsNaN(value) ? float.MinValue : Math.Clamp(value, float.MinValue, float.MaxValue)));
        foreach (HostProgram program in programs.Compiled.Value)
            Assert.Equal(expected, program.Run(network, samples).Outputs);
    }

    private static void RequireClasses(HostNetwork network, int[] classes) =>
        Assert.Equal(network.HasClasses ? network.Classes : [.. Enumerable.Repeat(-1, TestNetworks.Samples)], classes);

    /// <summary>All networks, each in floating point and in bytes, and the programs with all of them.</summary>
    public sealed class Programs : IDisposable
    {
        private readonly List<IDisposable> owned = [];

        public Programs()
        {
            int index = 0;
            foreach (string name in TestNetworks.InNumbers)
            {
                PlannedModel model = TestNetworks.Of(name);
                float[] samples = TestNetworks.SamplesOf(model.Plan);
                Predictor numbers = model.ToPredictor();
                Numbers.Add(name, new HostNetwork($"number{index}", numbers, samples));
                owned.AddRange([model, numbers]);
                if (TestNetworks.InBytes.Contains(name))
                {
                    Predictor bytes = model.Quantize(samples);
                    Bytes.Add(name, new HostNetwork($"byte{index}", bytes, samples));
                    owned.Add(bytes);
                }

                index++;
            }

            Compiled = new(() => HostProgram.WithAllCompilers([.. Numbers.Values, .. Bytes.Values]));
        }

        internal Dictionary<string, HostNetwork> Numbers { get; } = [];

        internal Dictionary<string, HostNetwork> Bytes { get; } = [];

        internal Lazy<IReadOnlyList<HostProgram>> Compiled { get; }

        public void Dispose()
        {
            if (Compiled.IsValueCreated)
                Compiled.Value.ToList().ForEach(program => program.Dispose());
            owned.ForEach(network => network.Dispose());
        }
    }
}
