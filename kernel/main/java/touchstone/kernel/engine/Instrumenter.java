package touchstone.kernel.engine;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Rewrites snippet bytecode so that it can be interrupted and cannot end the JVM: a {@link Guard#poll} at each method
 * entry and before each backward jump, {@link Guard#exit} in place of System.exit. The operand stack is untouched, so
 * no frames are recomputed.
 */
final class Instrumenter {
    private static final String GUARD = "touchstone/kernel/engine/Guard";

    private Instrumenter() {}

    static byte[] instrument(byte[] bytecode) {
        var reader = new ClassReader(bytecode);
        var writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                        return next == null ? null : new Polling(next);
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static final class Polling extends MethodVisitor {
        private final Set<Label> passed = new HashSet<>();

        Polling(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            poll();
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label target) {
            if (passed.contains(target)) {
                poll();
            }
            super.visitJumpInsn(opcode, target);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean onInterface) {
            if (isExit(owner, name, descriptor)) {
                String to = opcode == Opcodes.INVOKESTATIC ? "(I)V" : "(Ljava/lang/Runtime;I)V";
                super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "exit", to, false);
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, onInterface);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            Object[] mapped = arguments.clone();
            for (int i = 0; i < mapped.length; i++) {
                if (mapped[i] instanceof Handle handle
                        && isExit(handle.getOwner(), handle.getName(), handle.getDesc())) {
                    String to = handle.getTag() == Opcodes.H_INVOKESTATIC ? "(I)V" : "(Ljava/lang/Runtime;I)V";
                    mapped[i] = new Handle(Opcodes.H_INVOKESTATIC, GUARD, "exit", to, false);
                }
            }
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, mapped);
        }

        private void poll() {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "poll", "()V", false);
        }

        private static boolean isExit(String owner, String name, String descriptor) {
            boolean system = owner.equals("java/lang/System") && name.equals("exit");
            boolean runtime = owner.equals("java/lang/Runtime") && (name.equals("exit") || name.equals("halt"));
            return (system || runtime) && descriptor.equals("(I)V");
        }
    }
}
