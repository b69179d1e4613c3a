using Fpe.Onnx.Tests.Support;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Onnx.Tests.OnnxRuntime;

public class OnnxRuntimeTests
{
    [OnnxRuntimeTheory]
    [MemberData(nameof(Exported.Names), MemberType = typeof(Exported))]
    public void It_computes_what_the_model_computes(string name)
    {
        foreach (OnnxExportOptions options in new OnnxExportOptions[] { new(), new() { Dense = true } })
        {
            using Exported exported = Exported.Of(name, options);
            float[] expected = [.. Exported.Batches.SelectMany(batch => exported.Model.Outputs(exported.Samples(batch)))];
            Near.Equal(expected, OnnxRuntimeProcess.Run(exported.Bytes, exported.Samples(Exported.Batches.Max()), Exported.Batches));
        }
    }
}
