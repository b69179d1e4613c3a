namespace Fpe.Quantization;

/// <summary>The numbers that a layer of a quantised network consists of, as they are in a file.</summary>
/// <param name="Output">What the bytes of its value stand for.</param>
internal abstract record LayerNumbers(ValueScale Output);
