using Fpe.Quantization;

namespace Fpe.Embedded.Tests.Support;

/// <summary>A network, as it predicts here and in C.</summary>
internal sealed class HostNetwork
{
    private readonly Predictor predictor;

    /// <summary>Describes a network.</summary>
    /// <param name="name">The name of its files.</param>
    /// <param name="predictor">The network.</param>
    /// <param name="samples">Samples to compute it for.</param>
    public HostNetwork(string name, Predictor predictor, float[] samples)
    {
        (Name, this.predictor, Samples) = (name, predictor, samples);
        Outputs = OutputsOf(samples);
        HasClasses = predictor.Meaning.Task is ModelTask.Classification or ModelTask.BinaryClassification
            || (predictor.Meaning.Task is null && predictor.Plan.OutputCount > 1);
        if (HasClasses)
            Classes = predictor.PredictClasses(samples);
    }

    public string Name { get; }

    public float[] Samples { get; }

    /// <summary>The outputs of the samples, in the units of the targets.</summary>
    public float[] Outputs { get; }

    /// <summary>Whether the task has a single class.</summary>
    public bool HasClasses { get; }

    /// <summary>The classes of the samples.</summary>
    public int[] Classes { get; } = [];

    /// <summary>What was written.</summary>
    public CExport? Written { get; private set; }

    /// <summary>The width of a sample.</summary>
    public int Inputs => predictor.Plan.InputCount;

    /// <summary>The step from one byte of a sample to the next.</summary>
    public float InputScale => ((QuantizedNetwork)predictor.Source).Input.Scale;

    /// <summary>Returns the outputs of samples, in the units of the targets.</summary>
    public float[] OutputsOf(float[] samples)
    {
        var outputs = new float[samples.Length / predictor.Plan.InputCount * predictor.Plan.OutputCount];
        predictor.PredictOutputs(samples, outputs);
        return predictor.Meaning.Targets is { } targets ? targets.Invert(outputs) : outputs;
    }

    /// <summary>Writes the files, and remembers their text.</summary>
    public void Export(string folder)
    {
        Written = predictor.ExportC(folder, new CExportOptions { Name = Name });
        Header = File.ReadAllText(Written.HeaderPath);
    }

    private string Header { get; set; } = "";

    /// <summary>A function of C that computes the network for all samples of a file, in memory that is exactly as large as the header says.</summary>
    public string Adapter
    {
        get
        {
            string macro = Name.ToUpperInvariant();
            string value = Written!.Format == NumberFormat.Int8 ? "uint8_t" : "float";
            string prepare = Header.Contains($"{Name}_prepare(", StringComparison.Ordinal)
                ? $"{Name}_prepare(sample, input);"
                : "memcpy(input, sample, sizeof(float) * " + macro + "_INPUTS);";
            bool isBytes = Written.Format == NumberFormat.Int8;
            string run = isBytes ? $"{Name}_run(input, scratch);\n            {Name}_outputs(scratch, output);" : $"{Name}_run(input, output, scratch);";
            string classify = !HasClasses ? "(void)class;"
                : Header.Contains($"{Name}_class(const float", StringComparison.Ordinal) ? $"class = {Name}_class(output);"
                : $"class = {Name}_class(scratch);";
            return $$"""

                static void compute_{{Name}}(FILE *samples, FILE *outputs, FILE *classes)
                {
                    float *sample = malloc(sizeof(float) * {{macro}}_INPUTS);
                    {{value}} *input = malloc(sizeof({{value}}) * {{macro}}_INPUTS);
                    float *output = malloc(sizeof(float) * {{macro}}_OUTPUTS);
                    void *scratch = malloc({{macro}}_SCRATCH_BYTES);
                    int class = -1;

                    while (fread(sample, sizeof(float), {{macro}}_INPUTS, samples) == {{macro}}_INPUTS) {
                        {{prepare}}
                        {{run}}
                        {{classify}}
                        fwrite(output, sizeof(float), {{macro}}_OUTPUTS, outputs);
                        fwrite(&class, sizeof(class), 1, classes);
                    }
                    free(sample);
                    free(input);
                    free(output);
                    free(scratch);
                }

                """;
        }
    }
}
