using Fpe.Generators.Tests.Support;

namespace Fpe.Generators.Tests.Snapshots;

/// <summary>The emitted file of models in unusual places and with unusual names.</summary>
public sealed class NamingSnapshots
{
    [Fact]
    public Task Global_namespace() => ModelSnapshot.Verify("""
        using Fpe;
        /// <summary>A model.</summary>
        [Model(inputs: 64)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Internal_and_private_members() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 64)]
        internal partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(8), Relu]
            internal partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(8)]
            protected internal virtual partial Linear Middle { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            private partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Generic() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 64)]
        public sealed partial class Net<TLabel, @in>
            where TLabel : struct
        {
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Keyword_names() => ModelSnapshot.Verify("""
        using Fpe;
        namespace @namespace.@event;
        /// <summary>A model.</summary>
        [Model(inputs: 64)]
        public sealed partial class @return
        {
            /// <summary>A layer.</summary>
            [Linear(8)]
            public partial Linear @class { get; }
            /// <summary>A layer.</summary>
            [Linear(8)]
            public partial Linear Field { get; }
            /// <summary>A layer.</summary>
            [Linear(8)]
            public partial Linear Value { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear record { get; }
        }
        """);

    [Fact]
    public Task Names_already_taken() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 64)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(8)]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear logits { get; }
            private int hidden = 3;
            private int hidden2 = 4;
            /// <summary>A member.</summary>
            public string DeclaredPlan => $"{hidden} {hidden2}";
            /// <summary>An overload.</summary>
            public int Predict(float[] input, int times) => Predict(input) + times;
        }
        """);

    [Fact]
    public Task Nested() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A container.</summary>
        public static partial class Outer
        {
            /// <summary>A container.</summary>
            public partial interface IMiddle<T>
            {
                /// <summary>A container.</summary>
                public partial record struct Inner
                {
                    /// <summary>A model.</summary>
                    [Model(64)]
                    public sealed partial class Net
                    {
                        /// <summary>A layer.</summary>
                        [Linear(10)]
                        public partial Linear Logits { get; }
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Block_namespace() => ModelSnapshot.Verify("""
        namespace Samples
        {
            namespace Deeper
            {
                using Fpe;

                /// <summary>A model.</summary>
                [Model(64)]
                public sealed partial class Net
                {
                    /// <summary>A layer.</summary>
                    [Linear(10)]
                    public partial Linear Logits { get; }
                }
            }
        }
        """);
}
