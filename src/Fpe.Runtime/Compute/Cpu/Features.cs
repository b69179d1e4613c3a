using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void CopyFeatures(Activations x, int from, Activations y, int to, int count, int batch)
    {
        var features = new FeatureArguments(Panels(x), from, Panels(y), to, count, batch);
        Run(features.Chunks, &CopyFeaturesChunk, &features, (long)count * batch);
    }

    public void AddFeatures(Activations x, int from, Activations y, int to, int count, int batch)
    {
        var features = new FeatureArguments(Panels(x), from, Panels(y), to, count, batch);
        Run(features.Chunks, &AddFeaturesChunk, &features, (long)count * batch);
    }

    private static void CopyFeaturesChunk(void* arguments, int chunk)
    {
        var features = (FeatureArguments*)arguments;
        float* x = features->X + chunk * features->XStride;
        float* y = features->Y + chunk * features->YStride;
        Buffer.MemoryCopy(x, y, sizeof(float) * features->Count, sizeof(float) * features->Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFeaturesChunk(void* arguments, int chunk)
    {
        var features = (FeatureArguments*)arguments;
        float* x = features->X + chunk * features->XStride;
        float* y = features->Y + chunk * features->YStride;
        nint i = 0;
        for (; i <= features->Count - 2 * Vector256<float>.Count; i += 2 * Vector256<float>.Count)
        {
            (Vector256.Load(y + i) + Vector256.Load(x + i)).Store(y + i);
            (Vector256.Load(y + i + 8) + Vector256.Load(x + i + 8)).Store(y + i + 8);
        }

        for (; i < features->Count; i++)
            y[i] += x[i];
    }

    /// <summary>Ranges of features, which are contiguous in each panel, or without empty lanes.</summary>
    private readonly struct FeatureArguments
    {
        public readonly float* X, Y;
        public readonly nint XStride, YStride, Count;
        public readonly int Chunks;

        public FeatureArguments(CpuActivations x, int from, CpuActivations y, int to, int count, int batch)
        {
            bool isFew = x.IsFew && FewSamples.Hold(batch);
            nint width = isFew ? FewSamples.Lanes(batch) : Panel.Width;
            if (isFew)
            {
                // features that are not written must be preserved
                X = x.ReadFew(batch);
                y.ReadFew(batch);
                Y = y.WriteFew(batch);
            }
            else
            {
                X = x.Values;
                Y = y.Values;
            }

            X += from * width;
            Y += to * width;
            XStride = x.PanelStride;
            YStride = y.PanelStride;
            Count = count * width;
            Chunks = Panel.Count(batch);
        }
    }
}
