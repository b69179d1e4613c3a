namespace Fpe.Quantization;

/// <summary>What the bytes of each value of a network stand for.</summary>
internal sealed class LayerScales
{
    private readonly ValueScale input;
    private readonly ValueScale[] outputs;

    private LayerScales(QuantizedNumbers numbers)
    {
        input = numbers.Input;
        outputs = new ValueScale[numbers.Plan.Layers.Count];

        // A layer without numbers keeps the bytes of the value that it reads, or is computed with it.
        for (int l = 0; l < outputs.Length; l++)
            outputs[l] = numbers.Layers.TryGetValue(l, out LayerNumbers? own) ? own.Output : Of(numbers.Plan.SourcesOf(l)[0]);
    }

    /// <summary>Finds them.</summary>
    public static LayerScales Of(QuantizedNumbers numbers) => new(numbers);

    /// <summary>What the bytes of a layer's value stand for; −1 is the sample.</summary>
    public ValueScale Of(int layer) => layer < 0 ? input : outputs[layer];
}
