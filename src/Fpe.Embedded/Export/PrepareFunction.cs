using Fpe.Data;
using Fpe.Embedded.Networks;
using Fpe.Embedded.Source;
using Fpe.Quantization;

namespace Fpe.Embedded.Export;

/// <summary>The function that turns a sample as it was measured into what the network reads.</summary>
internal static class PrepareFunction
{
    /// <summary>Writes the function, and what it needs before it.</summary>
    public static void Write(CWriter text, CNetwork network, string head)
    {
        Standardization? features = network.Meaning.Features;
        IReadOnlyList<CTable> tables = features is null ? [] : SampleTables.Of(features);
        foreach (CTable table in tables)
        {
            table.Write(text, SampleTables.Prefix);
            text.Line();
        }

        if (network.Input is { } scale)
            WriteToInput(text, scale);
        text.Function(head, () =>
        {
            text.Block($"for (uint32_t i = 0; i < {network.Plan.InputCount}; i++)", () =>
            {
                string value = features is null ? "sample[i]" : "value";
                if (features is not null)
                    WriteStandardized(text, features);
                text.Line($"input[i] = {(network.Input is null ? value : $"to_input({value})")};");
            });
            if (features is not null && IsConstant(features))
                text.Line("(void)sample;");
        });
    }

    /// <summary>Writes the number of the nearest byte; as in the runtime, a half goes to the even one.</summary>
    private static void WriteToInput(CWriter text, ValueScale scale) => text
        .Comment("Returns the byte for a number: the nearest one, or of two the even one; 0 for what is no number.")
        .Function("static uint8_t to_input(float number)", () => text
            .Line($"const float steps = number / {CLiteral.Of(scale.Scale)};")
            .Line("int32_t nearest;")
            .Line("float rest;")
            .Line()
            .Single($"if (!(steps > {CLiteral.Of((float)-scale.ZeroPoint)}))", "return 0;")
            .Single($"if (steps >= {CLiteral.Of((float)(byte.MaxValue - scale.ZeroPoint))})", "return 255;")
            .Line("nearest = (int32_t)steps;")
            .Line("rest = steps - (float)nearest;")
            .Single("if (rest > 0.5f || (rest == 0.5f && (nearest & 1) != 0))", "nearest++;")
            .Single("else if (rest < -0.5f || (rest == -0.5f && (nearest & 1) != 0))", "nearest--;")
            .Line($"return (uint8_t)(nearest + {scale.ZeroPoint});"))
        .Line();

    /// <summary>Whether all values are of one group that has no deviation, so that no sample matters.</summary>
    private static bool IsConstant(Standardization features) => features.Deviations is [0];

    private static void WriteStandardized(CWriter text, Standardization features)
    {
        if (SampleTables.GroupOf(features) is not { } group)
        {
            (double mean, double only) = (features.Means[0], features.Deviations[0]);
            text.Line(IsConstant(features) ? "const float value = 0.0f;" : $"const float value = (float)((sample[i] - {CLiteral.Of(mean)}) / {CLiteral.Of(only)});").Line();
            return;
        }

        string result = $"(float)((sample[i] - sample_means[{group}]) / sample_deviations[{group}])";
        bool hasConstants = features.Deviations.Contains(0);
        text.Line($"const float value = {(hasConstants ? $"sample_deviations[{group}] > 0 ? {result} : 0.0f" : result)};").Line();
    }
}
